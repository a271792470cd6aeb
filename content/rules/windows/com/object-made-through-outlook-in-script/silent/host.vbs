Set shell = WScript.CreateObject("WScript.Shell")
shell.Run "notepad.exe"
