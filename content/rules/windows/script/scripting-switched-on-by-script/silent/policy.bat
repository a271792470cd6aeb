@echo off
powershell -ExecutionPolicy Bypass -File C:\Tools\inventory.ps1
