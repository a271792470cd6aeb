Attribute VB_Name = "Module1"
Private Declare PtrSafe Function FindWindow Lib "user32" Alias "FindWindowA" (ByVal c As String, ByVal t As String) As LongPtr
Private Declare PtrSafe Sub Sleep Lib "kernel32" (ByVal ms As Long)
Sub Wait()
  Sleep 100
End Sub
