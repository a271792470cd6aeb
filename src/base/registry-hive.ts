// How a registry path begins: the hive by its short name, as Sysmon writes it, whoever wrote the path.

const hives: ReadonlyMap<string, string> = new Map([
  ['hkey_local_machine', 'HKLM'],
  ['hkey_users', 'HKU'],
  ['hkey_current_user', 'HKCU'],
  ['hkey_classes_root', 'HKCR'],
  ['hklm', 'HKLM'],
  ['hku', 'HKU'],
  ['hkcu', 'HKCU'],
  ['hkcr', 'HKCR'],
])

/** The hive and what follows it, from its backslash on; undefined where the text is no registry path. */
export function hiveOf(
  text: string,
): readonly [hive: string, rest: string] | undefined {
  const path = text
    .replace(/^\\?\\?registry\\machine(?=\\|$)/i, 'HKLM')
    .replace(/^\\?\\?registry\\user(?=\\|$)/i, 'HKU')
  const cut = path.indexOf('\\')
  const hive = hives.get((cut < 0 ? path : path.slice(0, cut)).toLowerCase())
  return hive === undefined ? undefined : [hive, cut < 0 ? '' : path.slice(cut)]
}
