// Ties as numbers: they are looked up for every finding, and no text need be made or kept for that.
import { digest, type Digest, mixed } from '../../base/digest.ts'

import type { Place } from '../finding.ts'
import { withPlace } from '../identity.ts'
import type { Tie } from '../tie.ts'

/** Two lanes of 32 bits each, one tie behind the other. The two lowest bits of the second say what kind it is. */
export type TieKeys = readonly number[]

export const lanesEach = 2

/** The same tie on two hosts is none. */
export type Host = string | null | undefined

/** Between what has host and time and what has neither: files. */
const crossingBit = 2
/** Of those: it is of a file. */
const fileBit = 1
/** Of the others: it ties for long. */
const longBit = 1

export function tiesForLong(lane: number): boolean {
  return (lane & longBit) !== 0
}

export function isCrossingKey(lane: number): boolean {
  return (lane & crossingBit) !== 0
}

export function isOfFile(lane: number): boolean {
  return (lane & fileBit) !== 0
}

/** What it crosses to: the same on the other side. */
export function otherSide(lane: number): number {
  return lane ^ fileBit
}

/** Neighbours share host and file: their parts are made once. */
export class TieKeyMaker {
  #host: Host
  #hostDigest = digest('')
  #file = ''
  #fileDigest = digest('')

  /** A record ties what rests on it. */
  addPlace(to: number[], host: Host, { file, record, offset }: Place): void {
    const of = this.#fileOf(file)
    const place = {
      a: withPlace(of.a, record, offset),
      b: withPlace(of.b, record, offset),
    }
    put(to, both(this.#hostOf(host), place), longBit)
  }

  /** As `Ties` gives them; `isFile`: neither host nor time is known. */
  addTies(
    to: number[],
    host: Host,
    ties: readonly Tie[],
    isFile: boolean,
  ): void {
    const at = this.#hostOf(host)
    for (const { digest: said, crosses, lasts } of ties) {
      if (crosses) put(to, said, crossingBit | (isFile ? fileBit : 0))
      else put(to, both(at, said), lasts ? longBit : 0)
    }
  }

  #hostOf(host: Host): Digest {
    if (host !== this.#host) {
      this.#host = host
      this.#hostDigest = digest(host?.toLowerCase() ?? '')
    }
    return this.#hostDigest
  }

  #fileOf(file: string): Digest {
    if (file !== this.#file) {
      this.#file = file
      this.#fileDigest = digest(`record ${file}`)
    }
    return this.#fileDigest
  }
}

function both(x: Digest, y: Digest): Digest {
  return { a: mixed(x.a, y.a), b: mixed(x.b, y.b) }
}

function put(to: number[], { a, b }: Digest, kind: number): void {
  to.push(a, (b & ~3) | kind)
}
