// Which program does a class id belong to? Those of content/knowledge/document-classes.yml; others keep their id.
export const documentClasses: Readonly<Record<string, string>> = {
  '0002CE02-0000-0000-C000-000000000046': 'Equation.3',
  '0002CE03-0000-0000-C000-000000000046': 'Equation.2',
  '0004A6B0-0000-0000-C000-000000000046': 'Equation.2',
  '0003000C-0000-0000-C000-000000000046': 'Package',
  'F20DA720-C02F-11CE-927B-0800095AE340': 'Package',
  '0003000B-0000-0000-C000-000000000046': 'Equation',
  '00000300-0000-0000-C000-000000000046': 'StdOleLink',
  '79EAC9E0-BAF9-11CE-8C82-00AA004BA90B': 'URLMoniker',
  '00000303-0000-0000-C000-000000000046': 'FileMoniker',
  '06290BD3-48AA-11D2-8432-006008C3FBFC': 'ScriptletFile',
  '06290BD2-48AA-11D2-8432-006008C3FBFC': 'Scriptlet.Factory',
  'ECABAFC6-7F19-11D2-978E-0000F8757E2A': 'new moniker',
  'ECABB0C7-7F19-11D2-978E-0000F8757E2A': 'SOAP moniker',
  '3050F4D8-98B5-11CF-BB82-00AA00BDCE0B': 'htafile',
  '25336920-03F9-11CF-8FD0-00AA00686F13': 'htmlfile',
  '8856F961-340A-11D0-A96B-00C04FD705A2': 'Shell.Explorer.2',
  'EAB22AC3-30C1-11CF-A7EB-0000C05BAE0B': 'Shell.Explorer.1',
  'D27CDB6E-AE6D-11CF-96B8-444553540000': 'ShockwaveFlash.ShockwaveFlash',
  '72C24DD5-D70A-438B-8A42-98424B88AFB8': 'WScript.Shell',
  'F935DC22-1CF0-11D0-ADB9-00C04FD58A0B': 'WScript.Shell.1',
  '13709620-C279-11CE-A49E-444553540000': 'Shell.Application',
  '00020906-0000-0000-C000-000000000046': 'Word.Document.8',
  'F4754C9B-64F5-4B40-8AF4-679732AC0607': 'Word.Document.12',
  '00020820-0000-0000-C000-000000000046': 'Excel.Sheet.8',
  '00020810-0000-0000-C000-000000000046': 'Excel.Sheet.5',
  '00020821-0000-0000-C000-000000000046': 'Excel.Chart.8',
  '00020830-0000-0000-C000-000000000046': 'Excel.Sheet.12',
  '64818D10-4F9B-11CF-86EA-00AA00B929E8': 'PowerPoint.Show.8',
  'CF4F55F4-8F87-4D47-80BB-5808164BB3F8': 'PowerPoint.Show.12',
  '00021A14-0000-0000-C000-000000000046': 'Visio.Drawing.11',
  '0002123D-0000-0000-C000-000000000046': 'Publisher.Document',
  '00021201-0000-0000-C000-000000000046': 'Publisher.Document',
  'B801CA65-A1FC-11D0-85AD-444553540000': 'AcroExch.Document',
}

/** Empty where it is not known. */
export function programOf(classId: string): string {
  return Object.hasOwn(documentClasses, classId)
    ? documentClasses[classId]!
    : ''
}
