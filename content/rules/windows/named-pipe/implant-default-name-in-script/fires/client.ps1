$p = New-Object ("System.IO.Pipes.{1}{0}" -f 'ClientStream','NamedPipe') -ArgumentList '.', ('ms'+'agent'+'_ab'), 'InOut'
$p.Connect()
