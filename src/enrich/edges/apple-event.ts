// Apple Events: whom does a script tell, and who was allowed to tell others? No record shows the event itself: what the command line
// of osascript says stands for it.
// Sources: osascript(1); tccd's service names (kTCCServiceAppleEvents).
import { type Fact, textIn } from '../facts/fact.ts'
import { type Process, programOf } from '../lineage/process.ts'
import type { EdgeContext, EdgeMaker } from './maker.ts'

const maxUnits = 8_192

export function appleEvents(context: EdgeContext): EdgeMaker {
  const told = (fact: Fact, client: Process, name: string, known: string) =>
    context.edge({
      kind: 'apple_event',
      time: fact.time,
      client: { process: client, known },
      server: { process: undefined, image: name, known: 'by its name' },
      endpoint: { name, template: name, title: 'Apple Event' },
      facts: [fact],
    })
  return {
    kinds: ['apple_event'],
    needs: ['start', 'permission'],
    act(fact, process) {
      if (!process) return
      if (fact.kind === 'start') {
        for (const name of toldBy(process))
          told(fact, process, name, 'its script tells it')
      }
      if (textIn(fact, 'TccService') === 'kTCCServiceAppleEvents')
        told(
          fact,
          process,
          textIn(fact, 'TccIdentity') ?? 'another application',
          'its permission was changed',
        )
    },
  }
}

function toldBy({ image, commandLine }: Process): ReadonlySet<string> {
  if (programOf(image) !== 'osascript') return new Set()
  const text = commandLine?.slice(0, maxUnits) ?? ''
  const found = text.matchAll(
    /(?:tell\s{1,16}app(?:lication)?|Application)\s{0,16}\(?\s{0,16}["']([^"']{1,80})["']/gi,
  )
  return new Set([...found].map((m) => m[1]!))
}
