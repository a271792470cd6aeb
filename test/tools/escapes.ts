// Text that was put into other text, and escaped for it.
const ofHtml = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
const ofJson = (text: string) => JSON.stringify(text).slice(1, -1)
const ofWeb = (text: string) =>
  ofJson(text).replaceAll('<', '\\u003c').replaceAll('>', '\\u003E')
const quoted = (text: string) => `"${ofWeb(text)}"`
const twice =
  (escaped: (text: string) => string) =>
  (text: string): string =>
    escaped(escaped(text))

export const escapes: readonly (readonly [string, (text: string) => string])[] =
  [
    ['for HTML', ofHtml],
    ['for HTML, twice', twice(ofHtml)],
    ['for JSON', ofJson],
    ['for JSON, twice', twice(ofJson)],
    ['for JSON within a page', ofWeb],
    ['as a string of JSON', quoted],
  ]
