@echo off
setlocal enabledelayedexpansion
set a=po& set "b=wershell"
set c=%COMSPEC:~-7,3%
%a%%b% -nop -c "iex ('Get-'+'Date')"
%c%^ /c who^ami
echo CreateObject("WScript.Shell").Run "calc" > %TEMP%\r.vbs
wscript %TEMP%\r.vbs
for %%x in (ms hta) do set d=!d!%%x
!d! "javascript:new ActiveXObject('WScript.Shell').Run('notepad')"
