Set o = CreateObject(Chr(87) & Chr(83) & "cript." & StrReverse("llehS"))
o.Run "notepad.exe"
