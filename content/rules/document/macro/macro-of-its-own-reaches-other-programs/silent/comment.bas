Attribute VB_Name = "ThisWorkbook"
Private Sub Workbook_Open()
  ' CreateObject("WScript.Shell") is not allowed here
  Set f = CreateObject("Scripting.FileSystemObject")
  MsgBox "Ask before you use WScript.Shell"
End Sub
