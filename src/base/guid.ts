// A GUID with braces and one without are the same: some formats take them away.
const braced =
  /\{([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}/gi

export function plainGuids(text: string): string {
  return text.includes('{') ? text.replace(braced, '$1') : text
}
