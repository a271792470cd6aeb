import { describe, expect, it } from 'vitest'

import { type Language, readScript } from './index.ts'

const name = 'WScript.Shell'
const key = 'key'
const one = 23

const codes = (by: (i: number) => number): number[] =>
  Array.from(name, (c, i) => c.charCodeAt(0) ^ by(i))
const single = codes(() => one)
const several = codes((i) => key.charCodeAt(i % key.length))
const escaped = (of: readonly number[]): string =>
  of.map((c) => `\\x${c.toString(16).padStart(2, '0')}`).join('')
const hex = Buffer.from(single).toString('hex')
const base64 = Buffer.from(several).toString('base64')
const s1 = escaped(single)
const s3 = escaped(several)

function comOf(text: string, language: Language): string[] {
  return (readScript(text, { language })?.actions ?? [])
    .filter((a) => a.kind === 'com')
    .map((a) => a.target)
}

const made: Readonly<Record<string, (expression: string) => string>> = {
  python: (e) => `import win32com.client\nwin32com.client.Dispatch(${e})`,
  jscript: (e) => `new ActiveXObject(${e})`,
  perl: (e) => `use Win32::OLE; my $p = ${e}; Win32::OLE->new($p);`,
  ruby: (e) => `WIN32OLE.new(${e})`,
  php: (e) => `<?php $o = new COM(${e});`,
  powershell: (e) => `$n = ${e}\nNew-Object -ComObject $n`,
  vbscript: (e) => `CreateObject(${e})`,
}

/** The name of an object, exclusive-or with a key that stands in the script. */
const keyed: [language: Language, expression: string, before?: string][] = [
  ['python', `''.join(chr(ord(c)^23) for c in '${s1}')`],
  ['python', `bytes(b ^ 23 for b in b'${s1}').decode()`],
  ['python', `bytes([b ^ 23 for b in bytes.fromhex('${hex}')]).decode()`],
  [
    'python',
    `''.join(chr(ord(c) ^ ord('key'[i % 3])) for i, c in enumerate('${s3}'))`,
  ],
  ['python', `''.join([chr(c ^ 23) for c in [${single}] if c != 999])`],
  ['python', `''.join(chr(c ^ 23) for r in [[${single}]] for c in r)`],
  [
    'python',
    `bytes(a ^ b for a, b in zip(base64.b64decode('${base64}'), itertools.cycle(b'key'))).decode()`,
    'import base64, itertools',
  ],
  [
    'python',
    `f(b'${s3}', b'key')`,
    'def f(data, key):\n  out = bytearray()\n  for i in range(len(data)):\n    out.append(data[i] ^ key[i % len(key)])\n  return bytes(out).decode()',
  ],
  ['python', `b'${s1}'.translate(bytes(i ^ 23 for i in range(256))).decode()`],
  [
    'python',
    `functools.reduce(lambda a, c: a + chr(operator.xor(c, 23)), [${single}], '')`,
    'import functools, operator',
  ],
  [
    'jscript',
    `[${single}].map(function(c){return String.fromCharCode(c^23)}).join('')`,
  ],
  ['jscript', `String.fromCharCode(...[${single}].map(c => c ^ 23))`],
  [
    'jscript',
    `Array.from('${s1}', c => String.fromCharCode(c.charCodeAt() ^ 23)).join('')`,
  ],
  [
    'jscript',
    `'${s1}'.replace(/[\\s\\S]/g, function(c){return String.fromCharCode(c.charCodeAt(0)^23)})`,
  ],
  [
    'jscript',
    'f()',
    `var a=[${single}];function f(){var r='';for(var i in a)r+=String.fromCharCode(a[i]^23);return r}`,
  ],
  ['perl', `join '', map { chr(ord($_) ^ 23) } split //, "${s1}"`],
  ['perl', `join '', map chr($_ ^ 23), (${single})`],
  ['perl', `"${s1}" ^ (chr(23) x ${name.length})`],
  ['perl', `do { my $r = ''; $r .= chr($_ ^ 23) for (${single}); $r }`],
  ['ruby', `[${single}].map { |c| (c ^ 23).chr }.join`],
  ['ruby', `"${s1}".each_char.map { |c| (c.ord ^ 23).chr }.join('')`],
  [
    'ruby',
    `"${s3}".bytes.each_with_index.map { |b, i| (b ^ 'key'.bytes[i % 3]).chr }.join`,
  ],
  [
    'ruby',
    `f("${s3}", 'key')`,
    `def f(s, k)\n  r = ''\n  s.bytes.each_with_index do |b, i|\n    r << (b ^ k[i % k.length].ord).chr\n  end\n  r\nend`,
  ],
  [
    'php',
    `implode('', array_map(function($c){return chr($c ^ 23);}, [${single}]))`,
  ],
  ['php', `"${s1}" ^ str_repeat(chr(23), ${name.length})`],
  ['powershell', `-join ((${single}) | % { [char]($_ -bxor 23) })`],
  [
    'powershell',
    `-join ('${hex}' -split '(..)' -ne '' | % { [char]([Convert]::ToInt32($_,16) -bxor 23) })`,
  ],
  [
    'powershell',
    `$(for ($i=0; $i -lt $d.Length; $i++) { [char]($d[$i] -bxor $k[$i % $k.Length]) }) -join ''`,
    `$d = [byte[]](${several})\n$k = [Text.Encoding]::UTF8.GetBytes('key')`,
  ],
  [
    'powershell',
    '[Text.Encoding]::UTF8.GetString([byte[]]($d | % -Begin { $i = 0 } -Process { $_ -bxor $k[$i++ % 3] }))',
    `$d = [byte[]](${several})\n$k = [Text.Encoding]::UTF8.GetBytes('key')`,
  ],
  [
    'powershell',
    "[Text.Encoding]::ASCII.GetString((D $d 'key'))",
    `$d = [byte[]](${several})\nfunction D([byte[]]$a, [string]$key) { $r = New-Object byte[] $a.Length; for ($i = 0; $i -lt $a.Length; $i++) { $r[$i] = $a[$i] -bxor [byte][char]$key[$i % $key.Length] }; return $r }`,
  ],
  [
    'vbscript',
    'Join(b, "")',
    `Dim b(12)\nv = Array(${single})\nFor i = 0 To 12\nb(i) = Chr(v(i) Xor 23)\nNext`,
  ],
]

describe('a name that is hidden by a literal key', () => {
  it.each(keyed)('is folded: %s %s', (language, expression, before) => {
    const script = made[language]!(expression)
    const text = language === 'php' ? script : `${before ?? ''}\n${script}`
    expect(comOf(text, language)).toEqual([name])
  })

  it('is folded in a shell', () => {
    const line = 'nc -lkU /tmp/.e -e /bin/sh'
    const of = Array.from(line, (c) => c.charCodeAt(0) ^ one).join(' ')
    const loop = `for i in ${of}; do s+=$(printf "\\\\$(printf '%03o' $((i ^ 23)))"); done\neval "$s"\n`
    const told = readScript(loop, { language: 'shell' })!.actions
    expect(told[0]).toMatchObject({ kind: 'evaluate', target: line })
  })

  it('that is too long is left, and said', () => {
    const text = `x = bytes(b for b in b'a' * 60000)\nimport os\nos.system(x.decode())`
    expect(readScript(text, { language: 'python' })!.limits).toEqual([
      'a list of over 50000 items is left',
    ])
  })
})

describe('what is called by pieces of its name', () => {
  it.each<[Language, string, string]>([
    ['python', "import os\nos.__dict__['po'+'pen']('calc')", 'start calc'],
    [
      'python',
      "import os, operator\noperator.methodcaller('sys'+'tem', 'calc')(os)",
      'start calc',
    ],
    [
      'python',
      `__builtins__.__dict__['ev'+'al']("__import__('os').system('calc')")`,
      'start calc',
    ],
    ['jscript', "new this['Act'+'iveXObject']('A.B')", 'com A.B'],
    [
      'jscript',
      "var g=this;var A=g['Act'+'iveXObject'];new A('A.B')",
      'com A.B',
    ],
    ['jscript', "self['ev'+'al'](\"new ActiveXObject('A.B')\")", 'com A.B'],
    ['jscript', '(0,eval)("new ActiveXObject(\'A.B\')")', 'com A.B'],
    [
      'jscript',
      "[]['constructor']['constructor'](\"new ActiveXObject('A.B')\")()",
      'com A.B',
    ],
    ['ruby', "WIN32OLE.send('n'+'ew', 'A.B')", 'com A.B'],
    ['ruby', "Object.const_get('WIN32'+'OLE').new('A.B')", 'com A.B'],
    ['ruby', "method(:system).call('calc')", 'start calc'],
    ['php', "<?php call_user_func('sys'.'tem', 'calc');", 'start calc'],
    ['powershell', '& (gcm N*w-O*ct) -ComObject A.B', 'com A.B'],
    ['powershell', '& (Get-Command *w-Obj?ct).Name -ComObject A.B', 'com A.B'],
    ['powershell', "&(dir alias:i[e]x) 'New-Object -ComObject A.B'", 'com A.B'],
    [
      'vbscript',
      'Set s = CreateObject("WScript.Shell")\nCallByName s, "R" & "un", 1, "calc"',
      'start calc',
    ],
    [
      'powershell',
      "$s = New-Object -ComObject WScript.Shell\n$s.GetType().InvokeMember('Run', 'InvokeMethod', $null, $s, @('calc'))",
      'start calc',
    ],
    [
      'powershell',
      "$s = New-Object -ComObject WScript.Shell\n$s.PSObject.Methods['Run'].Invoke('calc')",
      'start calc',
    ],
  ])('is told: %s %s', (language, text, told) => {
    const actions = readScript(text, { language })!.actions
    expect(actions.map((a) => `${a.kind} ${a.target}`)).toContain(told)
  })
})

describe('text that is run as code', () => {
  it.each<[Language, string]>([
    ['python', `exec("import os\\nq = os.system")\nq('calc')`],
    ['python', `import os\ndef f(a):\n  exec("os.system(a)")\nf('calc')`],
    ['python', `import os\nos.system(eval("'ca'+'lc'"))`],
    [
      'jscript',
      `eval("var o=new ActiveXObject('WScript.Shell')");o.Run('calc')`,
    ],
    [
      'vbscript',
      `Execute "Set o=CreateObject(""WScript.Shell"")"\no.Run Eval("""ca"" & ""lc""")`,
    ],
    [
      'powershell',
      `iex '$o=New-Object -ComObject WScript.Shell'\n$z='calc'; iex '$o.Run($z)'`,
    ],
    ['shell', `eval 'x=calc'\nnohup $x`],
  ])('shares names with where it is run: %s %s', (language, text) => {
    const actions = readScript(text, { language })!.actions
    expect(actions.map((a) => a.target)).toContain('calc')
  })

  it('points at where it is run, whoever calls what it defines', () => {
    const text = `exec("def f(x):\\n  import os\\n  os.system(x)")\nf('calc')`
    const start = readScript(text, { language: 'python' })!.actions.at(-1)!
    expect(start).toMatchObject({ kind: 'start', target: 'calc', depth: 1 })
    expect(text.slice(start.offset, start.offset + 4)).toBe('exec')
  })
})

describe('what is started', () => {
  it.each<[Language, string]>([
    [
      'vbscript',
      'Set s = CreateObject("WScript.Shell"):s.Run "calc":WScript.Quit',
    ],
    [
      'vbscript',
      'c = "ca" & "lc":Set s = CreateObject("WScript.Shell"):s.Run "ca"&"lc":x = 1',
    ],
    ['javascript', "GetObject('winmgmts:Win32_Process').Create('calc')"],
    [
      'javascript',
      `new Function('a', 'new ActiveXObject("WScript.Shell").Run("calc")')(1)`,
    ],
    [
      'vbscript',
      'Set o = GetObject("new:{C08AFD90-F2A1-11D1-8455-00A0C91F3880}")\no.Document.Application.ShellExecute "calc", "", "C:\\Windows", Null, 0',
    ],
    [
      'python',
      `import os\nclass D:\n  def __init__(self, k):\n    self.k = k\n  def d(self, s):\n    return ''.join(chr(c ^ self.k) for c in s)\nos.system(D(7).d([100,102,107,100]))`,
    ],
    [
      'python',
      `import os\ndef f():\n  def g(x, y):\n    return x + y\n  os.system(g('ca', 'lc'))\nf()`,
    ],
    [
      'python',
      `import os\nt = {1: 'lc', 0: 'ca'}\nos.system(''.join(t[i] for i in sorted(t)))`,
    ],
    ['python', `import subprocess\nsubprocess.Popen([x for x in ('calc',)])`],
    [
      'jscript',
      `var x = new ActiveXObject('WScript.Shell'); class B { constructor(c) { this.c = c } go() { x.Run(this.c) } } new B('calc').go()`,
    ],
    [
      'jscript',
      `var x = new ActiveXObject('WScript.Shell'); function A(c) { this.c = c } A.prototype.go = function () { x.Run(this.c) }; new A('calc').go()`,
    ],
    [
      'jscript',
      `var x = new ActiveXObject('WScript.Shell'); with ({ a: 'ca', b: 'lc' }) { x.Run(a + b) }`,
    ],
    [
      'jscript',
      `function f() { return arguments[1] + arguments[0] } new ActiveXObject('WScript.Shell').Run(f('lc', 'ca'))`,
    ],
    [
      'vbscript',
      'Set s = CreateObject("WScript.Shell")\nClass K\nPublic Sub go(c)\ns.Run c & "lc"\nEnd Sub\nEnd Class\nSet k = New K\nk.go "ca"',
    ],
    [
      'powershell',
      `$s = New-Object -ComObject WScript.Shell\nclass Q { [string]$c; Q([string]$x) { $this.c = $x }; [void]go($s) { $s.Run($this.c) } }\n[Q]::new('calc').go($s)`,
    ],
    ['powershell', `Set-Item Variable:z 'calc'; Start-Process $z`],
    [
      'ruby',
      `class K\n  def initialize(c)\n    @c = c\n  end\n  def go\n    system(@c)\n  end\nend\nK.new('calc').go`,
    ],
    ['ruby', `l = ->(c) { system(c) }; l.('calc')`],
    [
      'php',
      `<?php class K { public $c; function __construct($c) { $this->c = $c; } function go() { system($this->c); } } (new K('calc'))->go();`,
    ],
    [
      'php',
      `<?php $a = ['x' => 'ca', 'y' => 'lc']; system($a['x'] . $a['y']);`,
    ],
    ['perl', `my %h = (a => 'ca', b => 'lc'); system($h{a} . $h{b});`],
    ['perl', `sub f { system(shift) } f('calc');`],
    ['perl', `my @a = (); push @a, 'ca', 'lc'; system(join '', @a);`],
    ['perl', `system(scalar reverse 'clac');`],
    ['perl', `system(join('',map{chr}(99,97,108,99)));`],
    ['python', `import os\nos.system('cmd' if 0 else 'ca' + 'lc')`],
    ['python', `import os\nos.system('ca' + ('lc' if 1 else 'ts'))`],
    ['batch', 'for /f "tokens=1,2 delims=," %%a in ("x,calc") do start %%b'],
    ['batch', 'for /f "tokens=2*" %%a in ("x y calc") do start %%b'],
    ['batch', "for /f %%a in ('echo calc') do start %%a"],
  ])('is told, whose function it is: %s %s', (language, text) => {
    const actions = readScript(text, { language })!.actions
    expect(actions.map((a) => `${a.kind} ${a.target}`)).toContain('start calc')
  })
})

describe('a code that no character has', () => {
  it.each<[Language, string]>([
    ['applescript', 'do shell script (character id -69)'],
    ['applescript', 'do shell script (character id {104, 1114112})'],
    ['vbscript', 'Execute ChrW(3.5) & ChrW(-69)'],
  ])('is no fault: %s %s', (language, text) => {
    expect(() => readScript(text, { language })).not.toThrow()
  })
})
