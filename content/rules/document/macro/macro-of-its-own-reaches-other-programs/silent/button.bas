Attribute VB_Name = "ThisWorkbook"
Private Sub Workbook_Open()
  Sheets(1).Activate
End Sub
Attribute VB_Name = "Module1"
Sub SendReport()
  Set o = CreateObject("Outlook.Application")
  o.CreateItem(0).Display
End Sub
