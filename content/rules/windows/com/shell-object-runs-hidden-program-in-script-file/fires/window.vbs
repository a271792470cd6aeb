CreateObject("WScript.Shell").Run "powershell.exe -NoProfile -WindowStyle Hidden -Command ""Start-Process notepad""", 0
