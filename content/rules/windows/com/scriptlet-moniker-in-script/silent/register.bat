@echo off
regsvr32 /s "C:\Program Files\Acme\acme.dll"
