// What is acted on: registry, files and modules, scripts, services, tasks.
import { field, group } from './field.ts'

export const registryFields = group('registry', {
  TargetObject: field(
    'text',
    'registry key or value',
    'HKLM\\SOFTWARE\\Classes\\CLSID\\{...}',
    'sysmon ecs',
    {
      cim: 'registry_path',
      cimBase: 'registry_value_name',
      cimDir: 'registry_key_name',
      ecs: 'registry.path',
    },
  ),
  RegistryKey: field(
    'text',
    'the key in one spelling',
    'HKLM\\SYSTEM\\CurrentControlSet\\Services\\x',
    'sysmon security',
    { raw: 'TargetObject ObjectName' },
  ),
  Details: field(
    'text',
    'data that was written',
    'DWORD (0x00000001)',
    'sysmon security ecs',
    {
      cim: 'registry_value_data',
      ecs: 'registry.data.strings',
      raw: 'NewValue',
    },
  ),
})

export const fileFields = group('file and module', {
  TargetFilename: field(
    'path',
    'file that was made, changed, opened or removed',
    '/tmp/.x/fifo',
    'sysmon auditd endpointsecurity ecs falco tetragon tracee live',
    { cim: 'file_path', cimBase: 'file_name', ecs: 'file.path', raw: 'name' },
  ),
  SourceFilename: field(
    'path',
    'file that was renamed, copied or linked from',
    '/private/tmp/x',
    'endpointsecurity ecs',
    { ecs: 'file.Ext.original.path' },
  ),
  Filename: field(
    'path',
    'file that a scanner reported',
    'C:\\Temp\\x.docx',
    'windefend',
    { cim: 'file_path', cimBase: 'file_name', raw: 'Path' },
  ),
  FileType: field(
    'text',
    'file, directory, fifo, socket, ...',
    'fifo',
    'auditd ecs live',
    { ecs: 'file.type', raw: 'mode' },
  ),
  FileMode: field(
    'text',
    'permissions in octal',
    '0600',
    'auditd endpointsecurity ecs live',
    { ecs: 'file.mode', raw: 'mode' },
  ),
  FileOwnerId: field(
    'text',
    'id of the user whose the file, FIFO or socket is',
    '1000',
    'auditd live',
    { raw: 'ouid' },
  ),
  FileAccess: field(
    'text',
    'what a file was opened for: read, write, read-write',
    'write',
    'auditd live',
    { raw: 'a1 a2 oflag' },
  ),
  ImageLoaded: field(
    'path',
    'library or driver that was loaded',
    'C:\\Windows\\System32\\ole32.dll',
    'sysmon endpointsecurity ecs',
    {
      cim: 'module_path loaded_file_path service_dll_path',
      cimBase: 'module_name loaded_file',
      ecs: 'dll.path',
      raw: 'event.mmap.source.path',
    },
  ),
})

export const scriptFields = group('script', {
  ScriptText: field(
    'text',
    'text that an engine ran',
    'IEX (New-Object Net.WebClient)...',
    'powershell ecs',
    {
      addOn: 'script_block_text Script_Block_Text',
      ecs: 'powershell.file.script_block_text',
      raw: 'ScriptBlockText',
    },
  ),
  ScriptName: field(
    'path',
    'file that the script came from',
    'C:\\Temp\\x.ps1',
    'powershell',
    { raw: 'Path' },
  ),
  ScriptPart: field(
    'text',
    'which part of a split script this is',
    '1/3',
    'powershell',
    { raw: 'MessageNumber MessageTotal' },
  ),
  CommandName: field(
    'text',
    'command that was run',
    'Invoke-Expression',
    'powershell',
  ),
  HostApplication: field(
    'text',
    'how the host of the engine was called',
    'powershell.exe -enc ...',
    'powershell',
  ),
})

export const serviceFields = group('service, task and wmi', {
  ServiceName: field(
    'text',
    'service or unit',
    'PSEXESVC',
    'system security sysmon auditd ecs',
    {
      cim: 'service service_name',
      addOn: 'Service_Name',
      ecs: 'service.name',
      raw: 'unit',
    },
  ),
  ServiceCommand: field(
    'text',
    'what the service starts',
    'cmd.exe /c echo x > \\\\.\\pipe\\x',
    'system security sysmon',
    {
      cim: 'service_path',
      addOn: 'Service_File_Name',
      raw: 'ImagePath ServiceFileName',
    },
  ),
  TaskCommand: field(
    'text',
    'what the scheduled task starts',
    'cmd.exe /c calc',
    'security',
    { raw: 'TaskContent' },
  ),
  Query: field(
    'text',
    'WMI query',
    'SELECT * FROM __InstanceCreationEvent',
    'sysmon wmi',
  ),
  Consumer: field(
    'text',
    'WMI event consumer',
    'CommandLineEventConsumer.Name="x"',
    'sysmon wmi',
  ),
  AsrRuleId: field(
    'text',
    'rule of attack surface reduction that acted',
    'D4F940AB-401B-4EFC-AADC-AD5F3C50688A',
    'windefend',
    { raw: 'ID' },
  ),
})
