Set l = CreateObject("WbemScripting.SWbemLocator")
Set s = l.ConnectServer("srv" & "07", "root\cimv2")
s.Get("Win32_Process").Create "cmd /c calc", Null, Null, i
