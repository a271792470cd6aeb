Set shell = CreateObject("WScript.Shell")
shell.Run Chr(34) & "C:\Program Files\Tool\tool.exe" & Chr(34)
