Set made = CreateObject(WScript.Arguments(0), "192.0.2.20")
WScript.Echo made.Version
