/**
 * The same text, by itself: a part that a regex or `slice` gave keeps the whole in memory that it was taken from. For what is kept
 * for long; a half of a surrogate pair becomes U+FFFD.
 */
export function ownText(part: string): string {
  return Buffer.from(part).toString()
}
