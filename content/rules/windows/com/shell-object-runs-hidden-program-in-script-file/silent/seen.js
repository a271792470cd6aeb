var shell = new ActiveXObject("WScript.Shell");
shell.Run("powershell.exe -NoProfile -Command Get-Service spooler", 1, true);
