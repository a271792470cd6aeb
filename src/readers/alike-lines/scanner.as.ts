// Where do the values of a line stand, which is written as one before was but for its values? In AssemblyScript, since a line is looked at
// sixteen bytes at once; `npx tsx scripts/build-scanner.ts` writes what it compiles to. Memory is laid out by hand, and never grows; the
// other side of each number is in scanner.ts.

/** Of each value three numbers: where it begins, where it ends, and 128 times the number it has among those kept, plus its kind. */
const out: usize = 1024
/** A block of the input, and behind it room for a line that lies in two blocks; both may be read some bytes beyond their end. */


/** By hash the number of a text, from 1. */
const table: usize = 0x140000
const slots: u32 = 32768
/** Of each text its hash, its place and its length. */
const texts: usize = 0x160000
const maxTexts: i32 = 16384
const kept: usize = 0x1a0000
const keptEnd: usize = 0x2a0000
const maxProbes: i32 = 8
/** Longer ones are not kept, in bytes. */
const maxKept: i32 = 512

const isText: i32 = 1
const hasForeign: i32 = 2
const hasEscapes: i32 = 4
const isWord: i32 = 8
/** Of those that stand for what could also stand there as it is; or a number that may be printed in other digits. */
const hasOddEscapes: i32 = 16
const hasBraces: i32 = 32
const isList: i32 = 64

let count: i32 = 0
let free: usize = kept
let seed: u64 = 0

/** Forgets all texts. `a` and `b` are of chance: nobody can make texts that meet. */
export function forget(a: u32, b: u32): void {
  memory.fill(table, 0, slots * 4)
  count = 0
  free = kept
  seed = ((<u64>a) << 32) | b
}

/**
 * How many values the line has, from `from` to `to`. Negative: it is written in another way. `template`: how many values, and before each
 * of them, and behind the last, what stands there: its place, its length, and whether the value behind it is to be kept.
 */
export function scan(template: usize, from: usize, to: usize): i32 {
  const values = load<i32>(template)
  let piece = template + 4
  let at = from
  let into = out
  for (let i = 0; i < values; i++) {
    const length = load<i32>(piece, 4)
    if (at + length >= to || !areSame(load<i32>(piece), at, length)) return -1
    at += length
    const first = load<u8>(at)
    if (first == 0x22) {
      const start = ++at
      const kind = endOfText(at, to)
      if (kind < 0) return -1
      at = end
      const number = load<i32>(piece, 8) ? numberOf(start, <i32>(at - start)) : -1
      store<i32>(into, <i32>start)
      store<i32>(into, <i32>at, 4)
      store<i32>(into, (number << 7) | kind, 8)
      at++
    } else {
      const start = at
      const kind = first == 0x5b ? endOfList(at, to) : endOfOther(at, to)
      if (kind < 0) return -1
      at = end
      store<i32>(into, <i32>start)
      store<i32>(into, <i32>at, 4)
      store<i32>(into, -128 | kind, 8)
    }
    into += 12
    piece += 12
  }
  const length = load<i32>(piece, 4)
  return at + length == to && areSame(load<i32>(piece), at, length) ? values : -1
}

/** What was looked at last ends here. */
let end: usize = 0

/** The kind of a text that ends before `to`; -1: it does not, or JSON forbids what it holds. */
@inline function endOfText(from: usize, to: usize): i32 {
  let at = from
  let high = 0
  let kind = isText
  let braces = i8x16.splat(0)
  for (;;) {
    const bytes = v128.load(at)
    // What stands behind the end counts as well: it is only asked where there is none.
    braces = v128.or(braces, i8x16.eq(bytes, i8x16.splat(0x7b)))
    const special = i8x16.bitmask(
      v128.or(
        v128.or(
          i8x16.eq(bytes, i8x16.splat(0x22)),
          i8x16.eq(bytes, i8x16.splat(0x5c)),
        ),
        i8x16.lt_u(bytes, i8x16.splat(0x20)),
      ),
    )
    if (special == 0) {
      high |= i8x16.bitmask(bytes)
      at += 16
      if (at >= to) return -1
      continue
    }
    const n = ctz(special)
    high |= i8x16.bitmask(bytes) & ((1 << n) - 1)
    at += n
    if (at >= to) return -1
    const c = load<u8>(at)
    if (c == 0x22) break
    if (c != 0x5c) return -1
    const escape = lengthOfEscape(at)
    if (escape == 0) return -1
    at += escape
    kind |= hasEscapes
    if (isOdd) kind |= hasOddEscapes
  }
  end = at
  if (v128.any_true(braces)) kind |= hasBraces
  return high ? kind | hasForeign : kind
}

let isOdd: bool = false

/** `\n`, `\\`, `\u00e4`; 0: JSON knows none like it. */
function lengthOfEscape(at: usize): usize {
  const c = load<u8>(at, 1)
  isOdd = c == 0x75 || c == 0x2f || c == 0x62 || c == 0x66
  if (c == 0x75) {
    for (let i: usize = 2; i < 6; i++) {
      const h = load<u8>(at + i) | 0x20
      const isHex = (h >= 0x30 && h <= 0x39 && load<u8>(at + i) == h) || (h >= 0x61 && h <= 0x66)
      if (!isHex) return 0
    }
    return 6
  }
  const isKnown =
    c == 0x5c || c == 0x22 || c == 0x2f || c == 0x6e || c == 0x72 || c == 0x74 || c == 0x62 || c == 0x66
  return isKnown ? 2 : 0
}

/** Of texts, numbers and words. */
function endOfList(from: usize, to: usize): i32 {
  let at = afterBlanks(from + 1, to)
  let all = isList
  if (load<u8>(at) == 0x5d) {
    end = at + 1
    return all
  }
  for (;;) {
    const isQuoted = load<u8>(at) == 0x22
    const kind = isQuoted ? endOfText(at + 1, to) : endOfOther(at, to)
    if (kind < 0) return -1
    // Of the words alone it is no text, and as a list it is none.
    all |= kind & ~(isText | isWord)
    at = afterBlanks(isQuoted ? end + 1 : end, to)
    const c = load<u8>(at)
    if (at >= to) return -1
    if (c == 0x5d) break
    if (c != 0x2c) return -1
    at = afterBlanks(at + 1, to)
  }
  end = at + 1
  return all
}

function afterBlanks(from: usize, to: usize): usize {
  let at = from
  while (at < to && load<u8>(at) == 0x20) at++
  return at
}

/** A number, `true`, `false` or `null`. */
function endOfOther(from: usize, to: usize): i32 {
  const word = load<u32>(from)
  // `true`, `null`, `alse` behind an f
  if (word == 0x65757274 || word == 0x6c6c756e) {
    end = from + 4
    return isWord
  }
  if (word == 0x736c6166 && load<u8>(from, 4) == 0x65) {
    end = from + 5
    return isWord
  }
  const digits = load<u8>(from) == 0x2d ? from + 1 : from
  let at = afterDigits(digits, to)
  let kind = at - digits > 15 || digits > from ? hasOddEscapes : 0
  if (at == digits || (at > digits + 1 && load<u8>(digits) == 0x30)) return -1
  if (load<u8>(at) == 0x2e) {
    const part = ++at
    kind = hasOddEscapes
    at = afterDigits(part, to)
    if (at == part) return -1
  }
  if ((load<u8>(at) | 0x20) == 0x65) {
    at++
    kind = hasOddEscapes
    const sign = load<u8>(at)
    if (sign == 0x2b || sign == 0x2d) at++
    const power = at
    at = afterDigits(power, to)
    if (at == power) return -1
  }
  end = at
  return kind
}

function afterDigits(from: usize, to: usize): usize {
  let at = from
  while (at < to && load<u8>(at) >= 0x30 && load<u8>(at) <= 0x39) at++
  return at
}

/** -1: it is not kept; -2: there is no room. */
function numberOf(at: usize, length: i32): i32 {
  if (length > maxKept) return -1
  const hash = hashOf(at, length)
  let slot = hash & (slots - 1)
  for (let probe = 0; probe < maxProbes; probe++) {
    const place = table + (slot << 2)
    const number = load<i32>(place) - 1
    if (number < 0) return add(place, hash, at, length)
    const text = texts + number * 12
    const isIt =
      load<u32>(text) == hash &&
      load<i32>(text, 8) == length &&
      areSame(load<i32>(text, 4), at, length)
    if (isIt) return number
    slot = (slot + 1) & (slots - 1)
  }
  return -1
}

function add(place: usize, hash: u32, at: usize, length: i32): i32 {
  if (count >= maxTexts || free + length + 8 > keptEnd) return -2
  const text = texts + count * 12
  store<u32>(text, hash)
  store<i32>(text, <i32>free, 4)
  store<i32>(text, length, 8)
  memory.copy(free, at, length)
  free += (length + 7) & ~7
  store<i32>(place, ++count)
  return count - 1
}

@inline function areSame(a: usize, b: usize, length: i32): bool {
  let i = 0
  for (; i + 8 <= length; i += 8) {
    if (load<u64>(a + i) != load<u64>(b + i)) return false
  }
  for (; i < length; i++) {
    if (load<u8>(a + i) != load<u8>(b + i)) return false
  }
  return true
}

@inline function hashOf(at: usize, length: i32): u32 {
  let h: u64 = seed ^ (<u64>length * 0x9e3779b97f4a7c15)
  let i = 0
  for (; i + 8 <= length; i += 8) h = mixed(h ^ load<u64>(at + i))
  if (i < length) {
    // Bytes behind the text do not count.
    const rest = (<u64>1 << ((length - i) << 3)) - 1
    h = mixed(h ^ (load<u64>(at + i) & rest))
  }
  return <u32>(h >> 32) ^ <u32>h
}

@inline function mixed(h: u64): u64 {
  const m = h * 0xff51afd7ed558ccd
  return m ^ (m >> 32)
}

/** By place in the tables of a set of texts: two letters that a window begins with, windows, and the first entry of each. */
const windowBits: usize = 8192
const firstEntries: usize = 16384
const entrySlots: u32 = 4096
/** How many texts of three letters there are, and these. */
const shortTexts: usize = 32768
const entries: usize = 32832
const entryBytes: usize = 24

/**
 * 1: one of a set of texts stands between two places, whatever the case of its letters; each is known by two windows of three letters, of
 * which a look at every second place meets one. Letters that differ in nothing but the bit of the case count as the same, where case does
 * not matter.
 */
export function holds(set: usize, from: usize, to: usize): i32 {
  for (let at = from; at + 2 < to; at += 2) {
    const pair = <u32>load<u16>(at)
    if (((<u32>load<u8>(set + (pair >> 3)) >> (pair & 7)) & 1) == 0) continue
    const window = (load<u32>(at) | 0x202020) & 0xffffff
    const hash = (window * 0x9e3779b1) >> 16
    if (((<u32>load<u8>(set + windowBits + (hash >> 3)) >> (hash & 7)) & 1) == 0)
      continue
    if (isOneAt(set, window, hash, at, from, to)) return 1
  }
  return holdsShort(set, from, to)
}

/** The same of the values of the line that was looked at last. */
export function valuesHold(set: usize, values: i32): i32 {
  let value = out
  for (let i = 0; i < values; i++, value += 12) {
    if (holds(set, load<i32>(value), load<i32>(value, 4))) return 1
  }
  return 0
}

/** Texts of three letters, looked for at each place. */
function holdsShort(set: usize, from: usize, to: usize): i32 {
  const texts = load<i32>(set + shortTexts)
  if (texts == 0) return 0
  const lower = i8x16.splat(0x20)
  for (let at = from; at + 2 < to; at += 16) {
    const first = v128.or(v128.load(at), lower)
    const second = v128.or(v128.load(at + 1), lower)
    const third = v128.or(v128.load(at + 2), lower)
    for (let i = 0; i < texts; i++) {
      const text = load<u32>(set + shortTexts + 4 + (i << 2))
      const places = i8x16.bitmask(
        v128.and(
          i8x16.eq(first, i8x16.splat(<i8>text)),
          v128.and(
            i8x16.eq(second, i8x16.splat(<i8>(text >> 8))),
            i8x16.eq(third, i8x16.splat(<i8>(text >> 16))),
          ),
        ),
      )
      if (places != 0 && at + ctz(places) + 3 <= to) return 1
    }
  }
  return 0
}

function isOneAt(
  set: usize,
  window: u32,
  hash: u32,
  at: usize,
  from: usize,
  to: usize,
): bool {
  let entry = load<i32>(set + firstEntries + ((hash & (entrySlots - 1)) << 2))
  while (entry != 0) {
    const e = set + entries + <usize>(entry - 1) * entryBytes
    if (load<u32>(e) == window) {
      const text = load<usize>(e, 8)
      const length = load<usize>(e, 12)
      const start = at - load<usize>(e, 16)
      const isWithin = start >= from && start + length <= to
      if (isWithin && areLike(text, start, length, load<u8>(e, 20)))
        return true
    }
    entry = load<i32>(e, 4)
  }
  return false
}

/** `mask`: the bits in which letters may differ. */
function areLike(a: usize, b: usize, length: usize, mask: u8): bool {
  for (let i: usize = 0; i < length; i++) {
    if ((load<u8>(a + i) | mask) != (load<u8>(b + i) | mask)) return false
  }
  return true
}
