$map = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew('JobState', 4096)
$writer = New-Object IO.StreamWriter($map.CreateViewStream())
$writer.Write('step 3 of 9')
$writer.Flush()
Invoke-Expression 'Get-Date'
