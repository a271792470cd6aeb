$outlook = [Runtime.InteropServices.Marshal]::GetActiveObject('Outlook.Application')
$shell = $outlook.CreateObject('Shell.Application')
$shell.ShellExecute('notepad.exe')
