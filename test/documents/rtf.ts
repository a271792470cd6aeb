// Rich text made by hand: for tests.
export const rtfOf = (body: string) =>
  Buffer.from(`{\\rtf1\\ansi\\ansicpg1252 ${body}}`, 'latin1')

export const escapedRtf = (text: string) =>
  text
    .replace(/[\\{}]/g, (c) => `\\${c}`)
    .replace(/[^\x00-\x7f]/g, (c) => `\\u${c.charCodeAt(0)}?`)

/** `code` is rich text: nested fields stand in it as they are. */
export const rtfField = (code: string, result = '!Error') =>
  `{\\field{\\*\\fldinst {${code}}}{\\fldrslt {${result}}}}`

export const rtfObject = (
  className: string,
  data: Buffer,
  words = '\\objemb\\objw100',
) =>
  `{\\object${words}{\\*\\objclass ${className}}{\\*\\objdata ${data.toString('hex')}}{\\result {\\pict}}}`
