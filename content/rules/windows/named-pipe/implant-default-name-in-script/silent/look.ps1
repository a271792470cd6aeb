Get-ChildItem \\.\pipe\ | Where-Object { $_.Name -like 'msagent_*' }
$c = New-Object System.IO.Pipes.NamedPipeClientStream('.', 'docker_engine')
