// Scripts of every day: what administrators run, near to what is told of others.
export const ordinary: Readonly<Record<string, string>> = {
  'n1.ps1': `$computers = Get-Content .\\servers.txt
foreach ($c in $computers) {
  $params = @{ ClassName = 'Win32_OperatingSystem'; ComputerName = $c; ErrorAction = 'Stop' }
  Get-CimInstance @params | Select-Object CSName, LastBootUpTime | Export-Csv .\\boot.csv -Append -NoTypeInformation
}
`,
  'n2.ps1': `$cred = Get-Credential
$s = New-PSSession -ComputerName srv1 -Credential $cred
Invoke-Command -Session $s -ScriptBlock { Get-Service | Where-Object Status -eq 'Stopped' }
Remove-PSSession $s
`,
  'n3.ps1': `function Test-Port { param([string]$ComputerName,[int]$Port)
  $tcp = New-Object System.Net.Sockets.TcpClient
  try { $tcp.Connect($ComputerName, $Port); $true } catch { $false } finally { $tcp.Close() } }
443,3389,5985 | ForEach-Object { [pscustomobject]@{ Port = $_; Open = Test-Port -ComputerName srv1 -Port $_ } }
`,
  'n4.ps1': `$client = [Net.Sockets.TcpClient]::new('mail.example.org', 25)
$stream = $client.GetStream(); $reader = [IO.StreamReader]::new($stream); $writer = [IO.StreamWriter]::new($stream)
$reader.ReadLine(); $writer.WriteLine('EHLO me'); $writer.Flush()
while ($line = $reader.ReadLine()) { Write-Host $line; if ($line -match '^250 ') { break } }
`,
  'n5.ps1': `$splat = @{ FilePath = 'msiexec.exe'; ArgumentList = '/i','\\\\fs\\sw\\app.msi','/qn','/norestart'; Wait = $true; PassThru = $true }
$p = Start-Process @splat
if ($p.ExitCode -ne 0) { throw "failed $($p.ExitCode)" }
`,
  'n6.ps1': `Register-WmiEvent -Query "SELECT * FROM __InstanceModificationEvent WITHIN 60 WHERE TargetInstance ISA 'Win32_Service'" -SourceIdentifier svc -Action { Write-EventLog -LogName Application -Source Watch -EventId 1 -Message $Event.SourceEventArgs.NewEvent.TargetInstance.Name }
`,
  'n7.ps1': `$items = Get-ChildItem C:\\logs -Filter *.log | Sort-Object LastWriteTime -Descending
$items[10..($items.Count-1)] | Remove-Item -Force
[array]::Reverse($items)
$items | Select-Object -First 3 -ExpandProperty FullName
`,
  'n8.ps1': `$psi = New-Object System.Diagnostics.ProcessStartInfo -Property @{ FileName = 'robocopy.exe'; Arguments = 'C:\\a D:\\b /mir'; RedirectStandardOutput = $true; UseShellExecute = $false }
$p = [System.Diagnostics.Process]::Start($psi); $p.StandardOutput.ReadToEnd() | Out-File C:\\logs\\copy.log
`,
  'n9.ps1': `$env:Path += ';C:\\tools'; [Environment]::SetEnvironmentVariable('JAVA_HOME','C:\\java','Machine')
& cmd /c "echo %JAVA_HOME%"
$action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument '-NoProfile -File C:\\scripts\\clean.ps1'
$trigger = New-ScheduledTaskTrigger -Daily -At 3am
$t = @{ TaskName = 'Clean'; Action = $action; Trigger = $trigger; User = 'SYSTEM' }
Register-ScheduledTask @t
`,
  'n10.ps1': `$pipe = New-Object System.IO.Pipes.NamedPipeClientStream('.', 'docker_engine', 'InOut')
$pipe.Connect(1000); $w = New-Object IO.StreamWriter($pipe); $w.Write("GET /version HTTP/1.0\`r\`n\`r\`n"); $w.Flush()
(New-Object IO.StreamReader($pipe)).ReadToEnd() | Write-Output
`,
  'n11.ps1': `$xl = New-Object -ComObject Excel.Application
$props = @{ Visible = $false; DisplayAlerts = $false }
foreach ($k in $props.Keys) { $xl.$k = $props[$k] }
$wb = $xl.Workbooks.Open('C:\\r\\a.xlsx'); $wb.Save(); $xl.Quit()
`,
  'n12.ps1': `$json = Invoke-RestMethod -Uri 'https://api.example.org/v1/hosts'
foreach ($h in $json) { Test-Connection -ComputerName $h.name -Count 1 }
$path = Join-Path $PSScriptRoot 'settings.json'; $settings = Get-Content $path -Raw | ConvertFrom-Json
`,
  'n13.ps1': `param([string[]]$ComputerName = $env:COMPUTERNAME)
$o = @{ ComputerName = $ComputerName }
Get-WmiObject -Class Win32_Product @o | ForEach-Object { $_.Name }
Invoke-CimMethod -ClassName Win32_OperatingSystem -MethodName Reboot
`,
  'n14.ps1': `$bytes = [IO.File]::ReadAllBytes('C:\\a.bin'); for ($i = 0; $i -lt $bytes.Length; $i++) { $sum = ($sum + $bytes[$i]) -band 0xffff }
$hash = -join ($bytes[0..15] | ForEach-Object { $_.ToString('x2') }); "$hash $sum"
`,
  'n15.ps1': `try { $l = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0); $l.Start(); $port = $l.LocalEndpoint.Port } finally { $l.Stop() }
Start-Process -FilePath 'C:\\app\\server.exe' -ArgumentList "--port $port"
`,
  'm1.bat': `@echo off
setlocal enabledelayedexpansion
set "src=C:\\data"
set "dst=\\\\fs\\backup\\%COMPUTERNAME%"
for /f "tokens=2 delims==" %%a in ('wmic os get localdatetime /value') do set dt=%%a
set stamp=!dt:~0,8!
if not exist "%dst%" mkdir "%dst%"
robocopy "%src%" "%dst%\\!stamp!" /mir /log:"%TEMP%\\b.log"
if errorlevel 8 (echo failed & exit /b 1) else (echo ok)
`,
  'm2.cmd': `@echo off
:menu
cls
echo 1. Ping
echo 2. IP
set /p c=choice:
if "%c%"=="1" goto ping
if "%c%"=="2" (ipconfig /all & pause & goto menu)
goto menu
:ping
set /p h=host:
ping %h%
goto menu
`,
  'm3.bat': `@echo off
rem usage text follows
for /f "delims=" %%i in ('findstr /b "::" "%~f0"') do echo %%i
if "%1"=="" goto :eof
call :install "%~1" || exit /b 1
goto :eof
:install
msiexec /i "%~1" /qn
exit /b %errorlevel%
:: usage: install FILE
`,
  'm4.bat': `@echo off
set JAVA=%JAVA_HOME%\\bin\\java.exe
set CP=
for %%j in (lib\\*.jar) do call :add %%j
"%JAVA%" -cp %CP% com.example.Main %*
goto :eof
:add
set CP=%CP%;%1
exit /b
`,
  'm5.bat': `@echo off
net use Z: \\\\fs\\share /persistent:no
for /l %%i in (1,1,5) do (
  ping -n 1 srv%%i >nul && echo srv%%i up || echo srv%%i down
)
reg query "HKLM\\SOFTWARE\\App" /v Version
powershell -NoProfile -ExecutionPolicy RemoteSigned -File "%~dp0deploy.ps1"
`,
  'm6.bat': `@echo off
echo Option Explicit > "%TEMP%\\s.vbs"
echo Dim s : Set s = CreateObject("WScript.Shell") >> "%TEMP%\\s.vbs"
echo Dim l : Set l = s.CreateShortcut("%USERPROFILE%\\Desktop\\App.lnk") >> "%TEMP%\\s.vbs"
echo l.TargetPath = "C:\\App\\app.exe" : l.Save >> "%TEMP%\\s.vbs"
cscript //nologo "%TEMP%\\s.vbs"
del "%TEMP%\\s.vbs"
`,
  'm7.bat': `<!-- : batch
@echo off
echo building
exit /b
-->
<html><body>readme</body></html>
`,
  'v1.vbs': `Option Explicit
Dim fso, f, line, sh
Set fso = CreateObject("Scripting.FileSystemObject")
Set sh = CreateObject("WScript.Shell")
Set f = fso.OpenTextFile("C:\\hosts.txt", 1)
Do Until f.AtEndOfStream
  line = f.ReadLine
  sh.Run "ping -n 1 " & line, 0, True
Loop
f.Close
`,
  'v2.vbs': `Set o = GetObject("winmgmts:\\\\.\\root\\cimv2")
For Each p In o.ExecQuery("SELECT * FROM Win32_Process WHERE Name='notepad.exe'")
 p.Terminate
Next
Set n = CreateObject("WScript.Network"): n.AddWindowsPrinterConnection "\\\\ps\\p1"
`,
  'v3.vbs': `Set x = CreateObject("MSXML2.DOMDocument.6.0"): x.async = False: x.load "settings.xml"
For Each n In x.selectNodes("//server"): WScript.Echo n.getAttribute("name"): Next
Set s = CreateObject("ADODB.Stream"): s.Type = 2: s.Charset = "utf-8": s.Open: s.LoadFromFile "in.txt": t = s.ReadText: s.Close
WScript.Echo Len(t)
`,
  'v4.vbs': `Set o = CreateObject("Outlook.Application"): Set m = o.CreateItem(0)
m.To = "a@example.org": m.Subject = "report": m.Attachments.Add "C:\\r.xlsx": m.Send
Set e = CreateObject("WScript.Shell").Environment("PROCESS"): WScript.Echo e("PATH")
`,
  'v5.hta': `<html><head><hta:application id="a"/><script language="VBScript">
Sub Window_onLoad
 Set w = GetObject("winmgmts:\\\\.\\root\\cimv2")
 For Each i In w.ExecQuery("SELECT * FROM Win32_ComputerSystem"): out.innerText = i.Name: Next
End Sub
Sub Map: CreateObject("WScript.Network").MapNetworkDrive "H:", "\\\\fs\\home": End Sub
</script></head><body><div id="out"></div><button onclick="Map">map</button></body></html>
`,
  'v6.js': `var fso = new ActiveXObject("Scripting.FileSystemObject");
var sh = new ActiveXObject("WScript.Shell");
var env = sh.Environment("PROCESS"); env("BUILD") = "release";
var e = sh.Exec("git rev-parse HEAD"); WScript.Echo(e.StdOut.ReadAll());
sh.Run("msbuild app.sln /p:Configuration=%BUILD%", 1, true);
`,
  'v7.vbs': `Function Make(progId): Set Make = CreateObject(progId): End Function
Set xl = Make("Excel.Application"): xl.Workbooks.Open "C:\\a.xlsx": xl.Quit
Set sh = Make("WScript.Shell"): sh.RegRead "HKLM\\SOFTWARE\\App\\Version"
`,
}
