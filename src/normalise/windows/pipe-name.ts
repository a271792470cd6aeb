// One spelling for a pipe: Sysmon writes `\name`, Security 5145 `name`, tools `\\.\pipe\name`, some collectors escape the
// brackets of `<Anonymous Pipe>` as HTML.

/** Longest name looked at, in UTF-16 units; Windows allows 256. */
const maxPipeName = 1024

/** With one leading backslash, without device or share. `<Anonymous Pipe>` stays as it is. */
export function pipeName(text: string): string | undefined {
  if (!text || text.length > maxPipeName) return undefined
  const plain = text.includes('&')
    ? text.replaceAll('&lt;', '<').replaceAll('&gt;', '>')
    : text
  if (plain.startsWith('<')) return plain
  const local = plain.replace(
    /^(?:\\\\[^\\]+\\(?:pipe|ipc\$)|\\device\\namedpipe|\\\?\?\\pipe)(?=\\)/i,
    '',
  )
  return local.startsWith('\\') ? local : `\\${local}`
}

/**
 * The name's shape, to tell a family from its instances: lower case, a GUID as `<guid>`, a word of eight or more
 * hexadecimal digits as `<hex>`, other runs of digits as `#`.
 */
export function pipeTemplate(text: string): string | undefined {
  return pipeName(text)
    ?.toLowerCase()
    .replace(
      /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
      '<guid>',
    )
    .replace(/(?<![0-9a-z])(?=[a-f]*\d)[0-9a-f]{8,}(?![0-9a-z])/g, '<hex>')
    .replace(/\d+/g, '#')
}
