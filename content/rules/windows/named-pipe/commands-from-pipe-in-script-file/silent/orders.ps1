$pipe = New-Object System.IO.Pipes.NamedPipeServerStream('MyApp.Control')
$pipe.WaitForConnection()
$reader = New-Object IO.StreamReader($pipe)
switch ($reader.ReadLine()) {
  'stop' { Stop-Service MyApp }
  'start' { Start-Service MyApp }
}
