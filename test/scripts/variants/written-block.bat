@echo off
>%TEMP%\q.vbs (
echo Set s = CreateObject("WScript.Shell"^)
echo s.Run "calc.exe", 0
)
cscript //nologo %TEMP%\q.vbs
>>"%TEMP%\w.ps1" (echo iex 'calc'& echo Get-WmiObject -ComputerName srv Win32_Process)
powershell -f "%TEMP%\w.ps1"
