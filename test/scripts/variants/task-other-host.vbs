Set s = CreateObject("Schedule.Service")
s.Connect "srv01", "u", "d", "p"
Set f = s.GetFolder("\")
Set t = s.NewTask(0)
Set a = t.Actions.Create(0)
a.Path = "cmd.exe"
a.Arguments = "/c calc"
f.RegisterTaskDefinition "x", t, 6, , , 3
