Set service = CreateObject("Schedule.Service")
service.Connect "fs01"
For Each task In service.GetFolder("\Backup").GetTasks(0)
  WScript.Echo task.Name & ": " & task.LastTaskResult
Next
