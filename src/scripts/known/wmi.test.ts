import { describe, expect, it } from 'vitest'

import { told } from '../../../test/scripts/told.ts'

describe('a process made by WMI', () => {
  it.each([
    '$s=New-CimSession -ComputerName srv9; Invoke-CimMethod -CimSession $s -ClassName Win32_Process -MethodName Create -Arguments @{CommandLine="calc"}',
    '$s=ncms srv9; Get-CimClass Win32_Process -CimSession $s | Invoke-CimMethod -MethodName Create -Arguments @{CommandLine="calc"}',
    '$w=[WMICLASS]"\\\\srv9\\root\\cimv2:Win32_Process"; $i=$w.GetMethodParameters("Create"); $i.CommandLine="calc"; $w.InvokeMethod("Create",$i,$null)',
    '$i=([wmiclass]"\\\\srv9\\root\\cimv2:Win32_Process").PSBase.GetMethodParameters("Create"); $i["CommandLine"]="calc"; ([wmiclass]"\\\\srv9\\root\\cimv2:Win32_Process").PSBase.InvokeMethod("Create",$i,$null)',
    '([WMICLASS]"\\\\srv9\\ROOT\\CIMV2:win32_process").Create("calc")',
    '$c=[System.Management.ManagementClass]"\\\\srv9\\root\\cimv2:Win32_Process"; $c.InvokeMethod("Create", @("calc",$null))',
    '$o=New-Object Management.ConnectionOptions; $s=New-Object Management.ManagementScope("\\\\srv9\\root\\cimv2",$o); $s.Connect(); $p=New-Object Management.ManagementPath("Win32_Process"); $c=New-Object Management.ManagementClass($s,$p,$null); $c.InvokeMethod("Create",@("calc"))',
    '[wmiclass]::new("\\\\srv9\\root\\cimv2:Win32_Process").Create("calc")',
    '(Get-WmiObject -List Win32_Process -ComputerName srv9).Create("calc")',
  ])('is told with its line and its host: %s', (text) => {
    const actions = told(text, 'powershell')
    expect(actions).toContain('start calc on srv9')
    expect(actions.join('\n')).toMatch(/^wmi win32_process\.create on srv9$/im)
  })

  it.each([
    's.ExecMethod "Win32_Process","Create",i',
    'p.ExecMethod_ "Create",i',
  ])('is told of parameters that are an object: %s', (line) => {
    const text = [
      'Set s=GetObject("winmgmts:\\\\srv9\\root\\cimv2")',
      'Set p=s.Get("Win32_Process")',
      'Set i=p.Methods_("Create").InParameters.SpawnInstance_',
      'i.CommandLine="calc"',
      line,
    ].join('\n')
    expect(told(text, 'vbscript')).toContain('start calc on srv9')
  })

  it('is none where another class is made', () => {
    const text = '([wmiclass]"Win32_Share").Create("C:\\data","data",0)'
    expect(told(text, 'powershell')).toEqual([
      'wmi Win32_Share',
      'wmi Win32_Share.Create',
    ])
  })
})

describe('a class of WMI', () => {
  it('may be found by a question that names it', () => {
    const text = `([wmisearcher]"select * from meta_class where __class='Win32_Process'").Get()|%{$_.Create('calc')}`
    expect(told(text, 'powershell')).toContain('start calc')
  })

  it('may be set property by property', () => {
    const text = [
      'Set s=CreateObject("WbemScripting.SWbemLocator").ConnectServer("srv9","root\\subscription")',
      'Set c=s.Get("CommandLineEventConsumer").SpawnInstance_()',
      'c.Properties_("Name").Value="q"',
      'c.Properties_("CommandLineTemplate").Value="calc"',
      'c.Put_()',
    ].join('\n')
    expect(told(text, 'vbscript').slice(-2)).toEqual([
      'install WMI event consumer q on srv9',
      'start calc on srv9',
    ])
  })
})

describe('a consumer of WMI events', () => {
  const line = 'start cmd /c calc'
  it.each([
    'Set-WmiInstance -Namespace root/subscription -Class CommandLineEventConsumer -Arguments @{Name="q";CommandLineTemplate="cmd /c calc"}',
    '$p=@{Name="q";CommandLineTemplate="cmd /c calc"}; $a=@{ClassName="CommandLineEventConsumer";Property=$p}; New-CimInstance @a',
    '$c=([wmiclass]"root\\subscription:CommandLineEventConsumer").CreateInstance(); $c.Name="q"; $c.CommandLineTemplate="cmd /c calc"; $c.Put()',
  ])('is told with what it starts: %s', (text) => {
    const actions = told(text, 'powershell')
    expect(actions).toContain('install WMI event consumer q')
    expect(actions).toContain(line)
  })

  it('is told with the script that it runs', () => {
    const text = [
      'Set s=GetObject("winmgmts:\\\\.\\root\\subscription")',
      'Set c=s.Get("ActiveScriptEventConsumer").SpawnInstance_',
      'c.Name="b":c.ScriptingEngine="JScript"',
      `c.ScriptText="new ActiveXObject('A.B')"`,
      'c.Put_',
    ].join('\n')
    expect(told(text, 'vbscript')).toContain('com A.B')
  })
})

describe('a moniker of WMI', () => {
  const started = [
    'wmi //srv9/root/cimv2 on srv9',
    'wmi Win32_Process on srv9',
    'wmi Win32_Process.Create on srv9',
    'start calc.exe on srv9',
  ]
  const path = '"winmgmts://srv9/root/cimv2"'

  it.each([
    [
      'ruby',
      `WIN32OLE.connect(${path}).Get("Win32_Process").Create("calc.exe")`,
    ],
    [
      'perl',
      `my $w = Win32::OLE->GetObject(${path});\n$w->Get("Win32_Process")->Create("calc.exe");`,
    ],
    [
      'python',
      `win32com.client.Dispatch(${path}).Get("Win32_Process").Create("calc.exe")`,
    ],
    [
      'php',
      `<?php $w = new COM(${path}); $w->Get("Win32_Process")->Create("calc.exe");`,
    ],
  ] as const)('is opened by what %s binds objects with', (language, script) => {
    expect(told(script, language)).toEqual(started)
  })

  it('leaves what makes classes by their names', () => {
    expect(told('WIN32OLE.connect("Excel.Application")', 'ruby')).toEqual([
      'com Excel.Application',
    ])
  })
})
