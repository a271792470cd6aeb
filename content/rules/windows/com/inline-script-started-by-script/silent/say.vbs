Set s = CreateObject("WScript.Shell")
s.Popup "mshta vbscript: is not allowed"
s.Run "notepad.exe", 1
