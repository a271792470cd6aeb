Attribute VB_Name = "Prices"
Sub Workbook_Open()
  channel = DDEInitiate("WINROS", "LAST")
  Range("B2") = DDERequest(channel, "IBM")
  DDETerminate channel
End Sub
