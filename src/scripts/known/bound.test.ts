import { describe, expect, it } from 'vitest'

import { told } from '../../../test/scripts/told.ts'

const created = ['wmi Win32_Process.Create on srv9', 'start calc on srv9']

describe('what a cmdlet is given', () => {
  it.each([
    'Invoke-CimMethod -Cn srv9 -Cl Win32_Process -Me Create -Ar @{CommandLine="calc"}',
    'Invoke-CimMethod –ComputerName:srv9 Win32_Process Create @{CommandLine="calc"}',
    'icim Win32_Process @{CommandLine="calc"} -Name Create -ServerName srv9',
    'iwmi -Cl Win32_Process -N Create -Args calc -Comp srv9',
    'Invoke-WmiMethod -Path \\\\srv9\\root\\cimv2:Win32_Process -Name Create -ArgumentList calc',
  ])('is told by names, aliases, beginnings and places: %s', (line) => {
    expect(told(line, 'powershell')).toContain(created[1])
    expect(told(line, 'powershell').join()).toContain('.Create on srv9')
  })

  it.each([
    '$h=@{ClassName="Win32_Process";MethodName="Create";ComputerName="srv9";Arguments=@{CommandLine="calc"}}; Invoke-CimMethod @h',
    '$h=@{}; $h.ClassName="Win32_Process"; $h["MethodName"]="Create"; $h.Add("ComputerName","srv9"); Invoke-CimMethod @h -Arguments @{CommandLine="calc"}',
    '$h=[ordered]@{ClassName="Win32_Process"}; $h+=@{ComputerName="srv9"}; Invoke-CimMethod @h -MethodName Create -Arguments @{CommandLine="calc"}',
    '$h=New-Object hashtable; $h.ClassName="Win32_Process"; $i=$h.Clone(); $i.ComputerName="srv9"; & (gcm inv*-c*m*od) @i -MethodName Create -Arguments @{CommandLine="calc"}',
    '$a="-ClassName","Win32_Process","-MethodName","Create"; Invoke-CimMethod @a -ComputerName srv9 -Arguments @{CommandLine="calc"}',
    'function f { param($ComputerName) Invoke-CimMethod @PSBoundParameters -ComputerName $ComputerName -ClassName Win32_Process -MethodName Create -Arguments @{CommandLine="calc"} }; f -Computer srv9',
    'function f { Invoke-CimMethod @args }; f -ClassName Win32_Process -MethodName Create -ComputerName srv9 -Arguments @{CommandLine="calc"}',
  ])('may lie in a table or a list that is spread: %s', (line) => {
    expect(told(line, 'powershell')).toEqual(created)
  })

  it.each([
    [
      '$p=@{FilePath="cmd.exe";ArgumentList="/c calc"}; Start-Process @p',
      'start cmd.exe /c calc',
    ],
    ['Start-Process -FilePath cmd.exe "/c calc"', 'start cmd.exe /c calc'],
    ['$p=@{ComObject="A.B"}; (New-Object @p).C()', 'com A.B'],
    ['$b="A.B",$null; New-Object -ComObject $b[0]', 'com A.B'],
    [
      '$p=@{ComputerName="srv9";ScriptBlock={calc.exe}}; Invoke-Command @p',
      'start calc.exe',
    ],
    [
      'Invoke-Command srv9 {calc.exe}',
      'start Invoke-Command {function} on srv9',
    ],
    [
      '$s=New-PSSession srv9; icm -Session $s {calc.exe}',
      'start icm {function} on srv9',
    ],
  ])('reaches every cmdlet: %s', (line, action) => {
    expect(told(line, 'powershell')).toContain(action)
  })

  it('goes to the parameters of a function of the script by their names', () => {
    const text =
      'function f($a, $b) { Start-Process $b $a }\nf -b cmd.exe -a "/c x"'
    expect(told(text, 'powershell')).toContain('start cmd.exe /c x')
  })

  it('goes to them behind attributes as well', () => {
    const text =
      'function f { [CmdletBinding()] param([Parameter(Mandatory)][string]$Target, [string]$Cmd = "calc.exe")\n Start-Process $Cmd $Target }\n$h=@{Target="srv9"}\nf @h'
    expect(told(text, 'powershell')).toContain('start calc.exe srv9')
  })

  it.each([
    `$PSDefaultParameterValues['New-*:ComObject']='A.B'; New-Object`,
    `$h = 'ComObject=A.B' | ConvertFrom-StringData; New-Object @h`,
    `$x = @'\n{"a":["x","A.B"]}\n'@ | ConvertFrom-Json; New-Object -ComObject $x.a[1]`,
    `switch ('B') { 'a' { $n='x' } 'b' { $n='A.B' } default { $n='y' } }; New-Object -ComObject $n`,
    `switch ('c') { 'a' { $n='x' } {$_ -eq 'd'} { $m=1 } default { $n='A.B' } }; New-Object -ComObject $n`,
    `New-Item env:zz -Value A.B; powershell -c 'New-Object -ComObject $env:zz'`,
    `New-Item -Path env: -Name zz -Value A.B; New-Object -ComObject $env:zz`,
    `Set-Content x.ps1 'New-Object -ComObject A.B'; .\\x.ps1`,
    `[activator]::CreateInstance.Invoke([type]::GetTypeFromProgID.Invoke('A.B'))`,
  ])('is followed to where it comes from: %s', (text) => {
    expect(told(text, 'powershell')).toContain('com A.B')
  })

  it('leaves an option whose value begins with a dash with its value', () => {
    const text =
      '$p=@{FilePath="powershell";ArgumentList="-nop"}; Start-Process @p'
    expect(told(text, 'powershell')).toContain('start powershell -nop')
  })
})
