const http=require('http');const r=http.request({socketPath:'//./pipe/docker_engine',path:'/containers/abc/exec',method:'POST'});r.write(JSON.stringify({Cmd:['sh','-c','id']}));r.end();
