$k = 35; $t = ''
foreach ($b in 64,66,79,64) { $t += [char]($b -bxor $k) }
Start-Process $t
