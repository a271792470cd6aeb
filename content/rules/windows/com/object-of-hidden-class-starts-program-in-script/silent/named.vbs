Set o = CreateObject("WScript" & ".Shell")
o.Run "notepad.exe"
