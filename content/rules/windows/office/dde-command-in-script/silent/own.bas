Attribute VB_Name = "Module1"
Sub Book()
  c = Application.DDEInitiate("Excel", "Book1.xls")
End Sub
