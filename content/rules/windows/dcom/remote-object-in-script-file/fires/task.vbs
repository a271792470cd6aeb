Set service = CreateObject("Schedule.Service")
service.Connect "fs01", "ops", "corp", secret
Set task = service.NewTask(0)
Set run = task.Actions.Create(0)
run.Path = "cmd.exe"
run.Arguments = "/c C:\Windows\Temp\u.cmd"
service.GetFolder("\").RegisterTaskDefinition "Update", task, 6, , , 3
