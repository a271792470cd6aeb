Set s = GetObject("winmgmts:\\srv07\root\cimv2")
For Each o In s.ExecQuery("SELECT Caption FROM Win32_OperatingSystem")
  WScript.Echo o.Caption
Next
