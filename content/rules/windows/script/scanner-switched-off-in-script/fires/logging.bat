@echo off
set k=HKLM\Software\Policies\Microsoft\Windows\PowerShell\ScriptBlockLogging
reg add %k% /v EnableScriptBlockLogging /t REG_DWORD /d 0 /f
