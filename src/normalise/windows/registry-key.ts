// One spelling for a registry path. The same value of the same key is written as `HKCR\…`, `HKU\<sid>_Classes\…`,
// `\REGISTRY\USER\<sid>\Software\Classes\…`, with `(Default)` or `{Default}`, by different versions of one sensor.

import { hiveOf } from '../../base/registry-hive.ts'

/** Longest path looked at, in UTF-16 units: a key is at most 255 names of 255 characters, real ones are far shorter. */
const maxRegistryPath = 4096

/**
 * Hive in short form, a user's classes below `HKU\<sid>\Software\Classes`, `CurrentControlSet`, `(Default)`, and COM's
 * server keys in Microsoft's spelling. undefined where the text is no registry path.
 */
export function registryKey(text: string): string | undefined {
  if (text.length > maxRegistryPath) return undefined
  const found = hiveOf(text)
  if (!found) return undefined
  const [hive, rest] = found
  return (
    hive +
    rest
      .replace(/^(\\s-1-[0-9-]+)_classes(?=\\|$)/i, '$1\\Software\\Classes')
      .replace(
        /^\\software(?=\\|$)/i,
        hive === 'HKLM' ? '\\SOFTWARE' : '\\Software',
      )
      .replace(
        /^\\system\\(?:currentcontrolset|controlset\d{3})(?=\\|$)/i,
        '\\System\\CurrentControlSet',
      )
      .replace(/\\[({]default[)}]$/i, '\\(Default)')
      .replace(/\\inprocserver32(?=\\|$)/i, '\\InprocServer32')
      .replace(/\\inprochandler32(?=\\|$)/i, '\\InprocHandler32')
      .replace(/\\localserver32(?=\\|$)/i, '\\LocalServer32')
      .replace(/\\treatas(?=\\|$)/i, '\\TreatAs')
      .replace(/\\scriptleturl(?=\\|$)/i, '\\ScriptletURL')
      .replace(/\\wow6432node(?=\\|$)/i, '\\Wow6432Node')
  )
}

/**
 * The path below the classes root, whichever hive shows it and for either bitness: `CLSID\{…}\InprocServer32\(Default)`.
 * undefined where the key is not COM's.
 */
export function classesKey(text: string): string | undefined {
  const key = registryKey(text)
  if (!key) return undefined
  const found =
    /^(?:HKCR|HK(?:LM|CU|U\\[^\\]+)\\software(?:\\wow6432node)?\\classes)(?:\\wow6432node)?\\(?:wow6432node\\)?(.+)$/i.exec(
      key,
    )
  return found?.[1]
}

/** Whose classes a path belongs to: HKCR merges both, so of it neither is known. */
export function classesScope(text: string): 'machine' | 'user' | undefined {
  const key = registryKey(text)
  if (!key || !classesKey(text) || key.startsWith('HKCR')) return undefined
  return key.startsWith('HKLM') ? 'machine' : 'user'
}

const guid = /\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}/gi

/** Distinct GUIDs looked for in one text. */
const maxGuids = 16

/** Longest command line looked at, in UTF-16 units: Windows allows 32,767. */
const maxGuidText = 32_768

/** The GUIDs in braces of a text, upper case, each once: one as it is, several as a list. */
export function guidsIn(text: string): string | readonly string[] | undefined {
  if (!text.includes('{')) return undefined
  const found = new Set<string>()
  for (const [g] of text.slice(0, maxGuidText).matchAll(guid)) {
    found.add(g.toUpperCase())
    if (found.size === maxGuids) break
  }
  const [first] = found
  return found.size > 1 ? [...found] : first
}

/** The class that a key is about: the GUID after `CLSID`, upper case. */
export function clsidOfKey(text: string): string | undefined {
  return /^clsid\\(\{[0-9a-f-]{36}\})/i
    .exec(classesKey(text) ?? '')?.[1]
    ?.toUpperCase()
}
