Attribute VB_Name = "Prices"
Option Explicit
Sub UpdatePrices()
    Dim ws As Worksheet, channel As Long
    Set ws = ThisWorkbook.Sheets("Prices")
    channel = Application.DDEInitiate("WINROS", "LAST")
    ws.Range("B2").Value = Application.DDERequest(channel, "IBM")(1)
    Application.DDETerminate channel
End Sub
