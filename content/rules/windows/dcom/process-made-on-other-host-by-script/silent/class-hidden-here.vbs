Set made = CreateObject(WScript.Arguments(0))
made.ShellExecute "notepad.exe", "", "", "open", 1
