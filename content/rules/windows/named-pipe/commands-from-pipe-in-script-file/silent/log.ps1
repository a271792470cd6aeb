$pipe = [IO.Pipes.NamedPipeClientStream]::new('.', 'MyApp.Log', 'In')
$pipe.Connect()
$reader = [IO.StreamReader]::new($pipe)
while ($null -ne ($line = $reader.ReadLine())) { Add-Content C:\logs\my-app.log $line }
Invoke-Expression 'Get-Date'
