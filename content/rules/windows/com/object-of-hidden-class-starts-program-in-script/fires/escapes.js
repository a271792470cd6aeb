var w = ['\x57\x53cript', '\x2eShell', 'Run'];
new ActiveXObject(w[0] + w[1])[w[2]]('notepad.exe');
