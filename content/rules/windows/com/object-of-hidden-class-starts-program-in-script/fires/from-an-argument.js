var o = new ActiveXObject(WScript.Arguments(0) + '.Shell');
o.Exec('notepad.exe');
