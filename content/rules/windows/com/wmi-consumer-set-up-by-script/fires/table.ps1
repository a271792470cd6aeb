$consumer = @{
  Namespace = 'root\subscription'
  Class = 'CommandLineEventConsumer'
  Arguments = @{ Name = 'upd'; CommandLineTemplate = 'cmd /c C:\Users\Public\a.cmd' }
}
Set-WmiInstance @consumer
