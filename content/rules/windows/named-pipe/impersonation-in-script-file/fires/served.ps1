$p = New-Object IO.Pipes.NamedPipeServerStream('upd')
$p.WaitForConnection()
$p.RunAsClient({ [Security.Principal.WindowsIdentity]::GetCurrent().Name })
