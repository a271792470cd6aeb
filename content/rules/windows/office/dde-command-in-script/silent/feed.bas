Attribute VB_Name = "Module1"
Sub Prices()
  c = Application.DDEInitiate("WINROS", "LAST")
End Sub
