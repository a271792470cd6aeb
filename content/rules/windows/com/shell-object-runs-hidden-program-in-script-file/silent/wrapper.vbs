Set shell = CreateObject("WScript.Shell")
shell.Run "powershell.exe -NoProfile -WindowStyle Hidden -File C:\Scripts\sync.ps1", 0, True
shell.Run "rundll32.exe printui.dll,PrintUIEntry /in /n \\print01\floor2", 0, True
