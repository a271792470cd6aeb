const net = require('net');
const { exec } = require('child_process');
net.connect(String.raw`\\.\pipe\stats\new`);
exec(String.raw`cmd /c type C:\data\new.txt`);
