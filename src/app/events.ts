// `events`: what the readers see, in the order of the input.
import { Input, type InputListener, type InputRequest } from './input.ts'
import type { InputTotals } from './reading/input-totals.ts'
import type { EventTextConfig, TextPart } from './stations/event-text.ts'

export interface EventsRequest extends InputRequest, EventTextConfig {}

export interface EventsListener extends InputListener {
  /** Whole lines. */
  text(text: string, events: number): void
}

export async function printEvents(
  { paths, workers, ...config }: EventsRequest,
  listener: EventsListener,
  signal: AbortSignal,
): Promise<InputTotals> {
  const input = await Input.open(
    { paths, ...(workers !== undefined && { workers }) },
    listener,
  )
  try {
    const take = ({ text, events }: TextPart) => listener.text(text, events)
    await input.read(
      { kind: 'events', ...config },
      (parts) => {
        for (const part of parts) take(part as TextPart)
      },
      signal,
    )
    return input.totals
  } finally {
    input.close()
  }
}
