Attribute VB_Name = "NewMacros"
Private Declare PtrSafe Sub Sleep Lib "kernel32" (ByVal ms As Long)
Sub AutoOpen()
  Set d = CreateObject("Scripting.Dictionary")
  Sleep 10
  Selection.Font.Bold = True
End Sub
