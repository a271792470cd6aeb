var shell = new ActiveXObject('WScript.Shell');
shell.Run('notepad.exe "C:\\Logs\\\x61.txt"');
