$map = [IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting('Global\SensorCounters')
$view = $map.CreateViewAccessor()
$count = $view.ReadInt32(0)
Write-Output "processed: $count"
