$w = [Activator]::CreateInstance([Type]::GetTypeFromCLSID('9BA05972-F6A8-11CF-A442-00A0C90A8F39', 'ws07'))
$w.Item().Document.Application.ShellExecute('cmd.exe', '/c ver', 'C:\Windows', $null, 0)
