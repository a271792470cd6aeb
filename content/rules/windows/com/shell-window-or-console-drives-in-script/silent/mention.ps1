# {9BA05972-F6A8-11CF-A442-00A0C90A8F39} is ShellWindows
$s = New-Object -ComObject WScript.Shell
$s.Popup("MMC20.Application is not for you")
