$p = New-Object System.IO.Pipes.NamedPipeServerStream('acme-build')
$p.WaitForConnection()
