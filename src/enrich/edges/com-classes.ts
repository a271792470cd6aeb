// Which class is it? Those that servers of their own stand behind: the part of content/knowledge/clsids.yml that edges name.
export interface ComClass {
  readonly id: string
  readonly name: string
  /** The program that serves it. */
  readonly server?: string
}

export const comClasses: readonly ComClass[] = [
  {
    id: '{49B2791A-B1AE-4C90-9B8E-E860BA07F889}',
    name: 'MMC20.Application',
    server: 'mmc.exe',
  },
  {
    id: '{9BA05972-F6A8-11CF-A442-00A0C90A8F39}',
    name: 'ShellWindows',
    server: 'explorer.exe',
  },
  {
    id: '{C08AFD90-F2A1-11D1-8455-00A0C91F3880}',
    name: 'ShellBrowserWindow',
    server: 'explorer.exe',
  },
  {
    id: '{00024500-0000-0000-C000-000000000046}',
    name: 'Excel.Application',
    server: 'excel.exe',
  },
  {
    id: '{000209FF-0000-0000-C000-000000000046}',
    name: 'Word.Application',
    server: 'winword.exe',
  },
  {
    id: '{0006F03A-0000-0000-C000-000000000046}',
    name: 'Outlook.Application',
    server: 'outlook.exe',
  },
  {
    id: '{00021A20-0000-0000-C000-000000000046}',
    name: 'Visio.Application',
    server: 'visio.exe',
  },
  {
    id: '{0002DF01-0000-0000-C000-000000000046}',
    name: 'InternetExplorer.Application',
    server: 'iexplore.exe',
  },
  {
    id: '{3050F4D8-98B5-11CF-BB82-00AA00BDCE0B}',
    name: 'htafile',
    server: 'mshta.exe',
  },
  {
    id: '{8CEC58AE-07A1-11D9-B15E-000D56BFE6EE}',
    name: 'HxHelpPaneServer',
    server: 'helppane.exe',
  },
  {
    id: '{0F87369F-A4E5-4CFC-BD3E-73E6154572DD}',
    name: 'TaskScheduler',
    server: 'svchost.exe',
  },
  {
    id: '{4991D34B-80A1-4291-83B6-3328366B9097}',
    name: 'BackgroundCopyManager',
    server: 'svchost.exe',
  },
  { id: '{3E5FC7F9-9A51-4367-9063-A120244FBEC7}', name: 'CMSTPLUA' },
  { id: '{3E000D72-A845-4CD9-BD83-80C07C3B881F}', name: 'CMLUAUTIL' },
  { id: '{D2E7041B-2927-42FB-8E9F-7CE93B6DC937}', name: 'ColorDataProxy' },
  {
    id: '{17CCA47D-DAE5-4E4A-AC42-CC54E28F334A}',
    name: 'EditionUpgradeManager',
  },
  {
    id: '{BD54C901-076B-434E-B6C7-17C531F4AB41}',
    name: 'EditionUpgradeManager (surrogate)',
  },
  { id: '{E9495B87-D950-4AB5-87A5-FF6D70BF3E90}', name: 'SecurityCenter' },
  { id: '{752438CB-E941-433F-BCB4-8B7D2329F0C8}', name: 'FwCplLua' },
  {
    id: '{A6BFEA43-501F-456F-A845-983D3AD7B8F0}',
    name: 'VirtualFactory (VFServer)',
  },
  { id: '{12C21EA7-2EB8-4B55-9249-AC243DA8C666}', name: 'DiagnosticProfile' },
  { id: '{4D111E08-CBF7-4F12-A926-2C7920AF52FC}', name: 'ShellSecurityEditor' },
  {
    id: '{BDB57FF2-79B9-4205-9447-F5FE85F37312}',
    name: 'IE add-on installer',
    server: 'ieinstal.exe',
  },
  {
    id: '{75DFF2B7-6936-4C06-A8BB-676A7B00B24B}',
    name: 'SeparateMultipleProcessExplorerHost',
    server: 'explorer.exe',
  },
  {
    id: '{6B3B8D23-FA8D-40B9-8DBD-B950333E2C52}',
    name: 'Immersive shell broker',
  },
  // Its application id, which is what a surrogate is called with.
  { id: '{7E0423CD-1119-0928-900C-E6D4A52A0715}', name: 'MMC20.Application' },
]

const byId = new Map(comClasses.map((c) => [c.id, c]))

/** Programs that serve one class alone: of the others the class is not known by the program. */
const byServer = new Map(
  comClasses
    .filter((c) => c.server && !/^(?:explorer|svchost)\.exe$/.test(c.server))
    .map((c) => [c.server!, c]),
)

const activation =
  /(?:^|\s)[-/](?:embedding|automation)\b|[-/]processid:\s*\{[0-9a-f-]{36}\}/i
const guid = /\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}/i

/** Whether a program is called so to serve a class. */
export function isActivating(commandLine: string): boolean {
  return activation.test(commandLine)
}

/** The class that is served: by the command line, else by the one class that the program serves, else the program itself. */
export function classCalledBy(commandLine: string, program: string): string {
  const id = guid.exec(commandLine)?.[0].toUpperCase()
  return id ?? byServer.get(program)?.id ?? program
}

/** In braces, in upper case. */
export function classByGuid(id: string): ComClass | undefined {
  return byId.get(id)
}
