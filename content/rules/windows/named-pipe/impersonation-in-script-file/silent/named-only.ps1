# RunAsClient and ImpersonateNamedPipeClient are explained in the manual
$text = 'never call ImpersonateNamedPipeClient'
Write-Output $text
