Set box = CreateObject("Scripting.FileSystemObject").OpenTextFile("names.txt")
Set o = CreateObject(box.ReadLine())
o.Run "notepad.exe", 0
