Set shell = CreateObject("WScript.Shell")
shell.Run "powershell.exe -NoProfile -WindowStyle Hidden -Command ""& 'C:\Scripts\sync.ps1' -Quiet""", 0, True
