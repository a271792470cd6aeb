'new ActiveXObject("WScript.Shell").Run("calc")' | Out-File C:\Users\Public\blob
wscript //e:jscript C:\Users\Public\blob
[IO.File]::WriteAllText("C:\ProgramData\x1", 'CreateObject("Shell.Application").ShellExecute "cmd"')
& cscript.exe /e:vbscript C:\ProgramData\x1
Copy-Item C:\ProgramData\x1 C:\ProgramData\x2.vbs
start C:\ProgramData\x2.vbs
Rename-Item C:\ProgramData\x1 x3.vbs
