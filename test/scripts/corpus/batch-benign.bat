@echo off
rem Copies yesterday's reports. powershell -enc is not used.
setlocal
set SRC=\\files\reports
set DST=D:\Archive
if not exist "%DST%" mkdir "%DST%"
for %%f in (daily weekly) do xcopy /y "%SRC%\%%f\*.pdf" "%DST%"
if errorlevel 1 echo copy failed >> "%DST%\log.txt"
endlocal
