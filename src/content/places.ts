// The database of places that searches ask: a file in MaxMind's format.
import { basename } from 'node:path'

import type { Places } from '../executors/pipeline/index.ts'

import { readRegularBytes, reasonOf } from '../readers/regular-file.ts'

/** In bytes; the largest such databases are half of it. */
const maxDatabaseBytes = 1024 * 1024 * 1024

export interface OpenedPlaces {
  readonly places: Places | undefined
  /** What could not be used, a line each. */
  readonly problems: readonly string[]
}

/** The first of the files that can be used; those that say that they know cities come first. */
export async function openPlaces(
  paths: readonly string[],
): Promise<OpenedPlaces> {
  // Loaded here, so that whoever asks for no places does not load it.
  const { placesOf } = await import('../executors/pipeline/places.ts')
  const problems: string[] = []
  for (const path of paths.toSorted((a, b) => rank(a) - rank(b))) {
    try {
      const database = readRegularBytes(path, maxDatabaseBytes)
      return { places: placesOf(database), problems }
    } catch (error) {
      problems.push(`${path} cannot be used: ${reasonOf(error)}`)
    }
  }
  return { places: undefined, problems }
}

function rank(path: string): number {
  return /city|enterprise/i.test(basename(path)) ? 0 : 1
}
