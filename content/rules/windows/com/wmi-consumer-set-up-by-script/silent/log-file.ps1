$properties = @{ Name = 'disk'; Filename = 'C:\logs\disk.log'; Text = '%TargetInstance.FreeSpace%' }
New-CimInstance -Namespace root/subscription -ClassName LogFileEventConsumer -Property $properties
