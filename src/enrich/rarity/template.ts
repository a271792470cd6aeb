// Two runs of one program, and two machines with it, must look the same: of a path is left what does not vary with the user, the
// version and the temporary folder.
import { hostName } from '../host-name.ts'
import { notKnown } from './kinds.ts'

/** UTF-16 units of a path that are looked at. */
const maxPath = 1_024
/** UTF-16 units kept of a part. */
const maxPart = 300

/** In lower case; who it belongs to as `*`, a GUID as `<guid>`, long hexadecimal words as `<hex>`, versions as `#`. */
export function pathTemplate(path: string): string {
  const plain = path
    .slice(0, maxPath)
    .trim()
    .replace(/^"|"$/g, '')
    .replace(/^\\(?:\\\?|\?\?)\\/, '')
    .replace(/^\\device\\harddiskvolume\d+\\/i, 'c:\\')
    .replace(/^\\systemroot\\|^%(?:systemroot|windir)%\\/i, 'c:\\windows\\')
    .toLowerCase()
  return cut(
    withoutVersions(plain)
      .replace(
        /^([a-z]:\\(?:users|documents and settings)\\)[^\\]+(?=\\)/,
        '$1*',
      )
      .replace(/^(\/(?:home|users)\/)[^/]+(?=\/)/, '$1*')
      .replace(
        /^(.*[\\/](?:temp|tmp)[\\/])(?:[^\\/]+[\\/])*[^\\/]+([\\/])(?=[^\\/]+$)/,
        '$1*$2',
      ),
  )
}

/** The last part of a path, as `pathTemplate` has it. */
export function nameTemplate(path: string): string {
  const name = path.slice(-maxPath).replace(/^.*[\\/]/, '')
  return cut(withoutVersions(name.trim().toLowerCase()))
}

/** Of one that is not made for a single host, as it is. */
export function plainPart(text: string): string {
  return cut(text.trim().toLowerCase())
}

/** Of a host as an event writes it, or as a fact has it. */
export function hostPart(host: string | undefined): string {
  return plainPart(hostName(host)) || notKnown
}

function withoutVersions(text: string): string {
  return text
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<guid>')
    .replace(/(?<![0-9a-z])(?=[a-f]*\d)[0-9a-f]{8,}(?![0-9a-z])/g, '<hex>')
    .replace(/(?<![a-z\d])\d+(?:[._]\d+)*/g, '#')
}

/** Parts stand in files and lines: they hold no control characters. */
function cut(text: string): string {
  const shown = text.replace(/[\u0000-\u001f\u007f\u2028\u2029]/g, '?')
  return shown.length > maxPart ? `${shown.slice(0, maxPart)}…` : shown
}
