@echo off
start "" mshta "%~dp0setup.hta"
rundll32 shell32.dll,Control_RunDLL desk.cpl
