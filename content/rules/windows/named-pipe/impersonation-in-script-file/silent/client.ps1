$c = New-Object IO.Pipes.NamedPipeClientStream('.', 'upd', 'InOut')
$c.Connect(2000)
$w = New-Object IO.StreamWriter($c)
$w.WriteLine('status')
