$shell = New-Object -ComObject WScript.Shell
$link = $shell.CreateShortcut("$env:USERPROFILE\Desktop\Portal.lnk")
$link.TargetPath = 'https://portal.example.org'
$link.Save()
mshta http://intranet.example.org/login.hta
