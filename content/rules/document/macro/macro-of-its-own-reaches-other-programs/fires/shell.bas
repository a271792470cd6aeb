Attribute VB_Name = "ThisDocument"
Sub AutoOpen()
  Set s = CreateObject("WScript.Shell")
  s.Run "cmd /c calc"
End Sub
