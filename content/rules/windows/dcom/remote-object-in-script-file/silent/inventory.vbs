strComputer = "srv07"
Set w = GetObject("winmgmts:\\" & strComputer & "\root\cimv2")
For Each s In w.ExecQuery("Select * from Win32_Service")
WScript.Echo s.Name
Next
