Set s = CreateObject("Shell.Application")
For Each w In s.Windows
  WScript.Echo w.LocationURL
Next
