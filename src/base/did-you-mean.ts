// Which known word did the author mean? Suggestions are for people: few, close, ordered.

/**
 * The known words nearest to `word` by edit distance (case ignored), at most
 * `most` of them, none farther than `bound` (a third of the word's length plus one).
 */
export function nearest(
  word: string,
  known: Iterable<string>,
  most = 3,
  bound = Math.floor(word.length / 3) + 1,
): string[] {
  const lower = word.toLowerCase()
  const letters = lettersOf(lower)
  const close: { word: string; distance: number }[] = []
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) > bound) continue
    const other = candidate.toLowerCase()
    if (ones(letters ^ lettersOf(other)) > bound * lettersAnEdit) continue
    const distance = editDistance(lower, other, bound)
    if (distance <= bound) close.push({ word: candidate, distance })
  }
  close.sort((a, b) => a.distance - b.distance || (a.word < b.word ? -1 : 1))
  return close.slice(0, most).map((c) => c.word)
}

/** Words of this many letters and more are mistyped in two places; shorter ones in one. */
const longWord = 9

/** The known words of which this one is a slip of typing. */
export function mistyped(word: string, known: Iterable<string>): string[] {
  return nearest(word, known, 3, maxSlips(word))
}

export function maxSlips(word: string): number {
  return word.length < longWord ? 1 : 2
}

/** `did you mean "a" or "b"?`, or '' where nothing is near. */
export function didYouMean(
  word: string,
  known: Iterable<string>,
  bound?: number,
): string {
  const words = nearest(word, known, 3, bound).map((w) => `"${w}"`)
  return words.length ? `did you mean ${words.join(' or ')}?` : ''
}

/** An edit takes one letter away and brings another, at most. */
const lettersAnEdit = 2

/** Which letters are in it, as bits: some share one. */
function lettersOf(word: string): number {
  let letters = 0
  for (let i = 0; i < word.length; i++)
    letters |= 1 << (word.charCodeAt(i) & 31)
  return letters
}

function ones(bits: number): number {
  let count = 0
  for (let left = bits; left !== 0; left &= left - 1) count++
  return count
}

// Restricted Damerau-Levenshtein: a swap of neighbours is one edit, as in typing errors.
function editDistance(a: string, b: string, bound: number): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let d = Math.min(
        previous[j]! + 1,
        row[j - 1]! + 1,
        previous[j - 1]! + same,
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        d = Math.min(d, before[j - 2]! + 1)
      }
      row.push(d)
      if (d < least) least = d
    }
    if (least > bound) return bound + 1
    before = previous
    previous = row
  }
  return previous[b.length]!
}
