' Maps drives at logon.
Option Explicit
Dim net, fso, log
Set net = CreateObject("WScript.Network")
Set fso = CreateObject("Scripting.FileSystemObject")
If Not fso.DriveExists("H:") Then net.MapNetworkDrive "H:", "\\files\home\" & net.UserName
Set log = fso.OpenTextFile("C:\Logs\logon.txt", 8, True)
log.WriteLine Now & " " & net.UserName
log.Close
