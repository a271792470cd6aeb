Function Made(name)
  Set Made = CreateObject(name)
End Function
CreateObject("WScript.Shell").Run "notepad.exe"
