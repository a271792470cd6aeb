// How is text shown to people? Names and values come from evidence that somebody hostile may have written: none of them may steer a
// terminal, hide what follows, or turn the order of letters round.

/**
 * Controls (C0, DEL, C1), separators of lines and paragraphs, marks and overrides of direction, and characters without a width; but for the
 * break of a line.
 */
const unseenWithin =
  '\\0-\\x09\\x0b-\\x1f\\x7f-\\x9f\\xad\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb'
const unseen = new RegExp(`[\\n${unseenWithin}]`, 'g')
const unseenInJson = new RegExp(`[${unseenWithin}]`, 'g')

/** Text as one line: breaks and tabs become blanks, whatever else is not to be seen becomes an escape that is. */
export function oneLine(text: string): string {
  return text.replace(unseen, (c) =>
    c === '\n' || c === '\r' || c === '\t' ? ' ' : escaped(c),
  )
}

/** Text of several lines: breaks and tabs stay. */
export function shownLines(text: string): string {
  return text.replace(unseen, (c) =>
    c === '\n' || c === '\t' ? c : escaped(c),
  )
}

/** In JSON such characters stand within strings only, where an escape means the same. Line breaks between values stay. */
export function shownJson(json: string): string {
  // ASCII without DEL has nothing to escape: JSON itself escapes C0. Counting bytes is many times faster than looking at each.
  if (Buffer.byteLength(json) === json.length && !json.includes('\u007f')) {
    return json
  }
  return json.replace(unseenInJson, escaped)
}

function escaped(c: string): string {
  return `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** A number as `2,000`. Node's own way loads its tables of languages first, which takes longer than all else that is said at a start. */
export function grouped(n: number): string {
  if (!Number.isInteger(n)) return n.toLocaleString('en')
  return String(n).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** `1 finding`, `2,000 findings`. */
export function plural(n: number, noun: string): string {
  return `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`
}
