// Reads paths in the calling thread and shows every event.
import { planPieces } from '../src/app/reading/pieces.ts'
import { SourceReading } from '../src/app/reading/source-reading.ts'
import type { Event } from '../src/event/event.ts'

export async function showEvents(
  paths: readonly string[],
  event: (event: Event) => void,
): Promise<void> {
  const pieces = await planPieces(paths, { unusable: (p) => console.error(p) })
  const reading = new SourceReading({ event })
  for (const piece of pieces) await reading.run(piece)
}
