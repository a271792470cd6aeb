Class Line
  Private kept
  Public Property Get Text : Text = kept : End Property
  Public Property Let Text(v) : kept = Replace(v, "*", "") : End Property
End Class
Set l = New Line
l.Text = "calc*.exe"
CreateObject("WScript.Shell").Run l.Text
