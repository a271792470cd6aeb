// What variables of the environment hold on every host: enough to fold slices of them.

const windows: Readonly<Record<string, string>> = {
  comspec: 'C:\\Windows\\system32\\cmd.exe',
  systemroot: 'C:\\Windows',
  windir: 'C:\\Windows',
  systemdrive: 'C:',
  programfiles: 'C:\\Program Files',
  'programfiles(x86)': 'C:\\Program Files (x86)',
  commonprogramfiles: 'C:\\Program Files\\Common Files',
  programdata: 'C:\\ProgramData',
  allusersprofile: 'C:\\ProgramData',
  public: 'C:\\Users\\Public',
  pathext: '.COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH;.MSC',
  os: 'Windows_NT',
  psmodulepath:
    'C:\\Program Files\\WindowsPowerShell\\Modules;C:\\Windows\\system32\\WindowsPowerShell\\v1.0\\Modules',
}

export function environmentOf(name: string): string | undefined {
  const low = name.toLowerCase()
  return Object.hasOwn(windows, low) ? windows[low] : undefined
}

/** `%COMSPEC%`; what no host shares stays as it stands. */
export function environmentExpanded(s: string): string {
  return s.replace(
    /%([\w()]{1,40})%/g,
    (all, name) => environmentOf(name) ?? all,
  )
}
