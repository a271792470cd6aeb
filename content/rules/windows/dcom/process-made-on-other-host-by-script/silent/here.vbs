Set s = GetObject("winmgmts:\\.\root\cimv2")
s.Get("Win32_Process").Create "notepad.exe", Null, Null, i
