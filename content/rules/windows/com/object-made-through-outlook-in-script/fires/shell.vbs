Set o = CreateObject("Outlook.Application")
o.CreateObject("WScript.Shell").Run "notepad.exe", 0
