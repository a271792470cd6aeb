// Office and DDE: a program that a document's application started, or Office started to be spoken to (`/dde`).
// Sources: Microsoft, "Command-line switches for Microsoft Office products"; [MS-DOC] field DDEAUTO.
import { type Process, programOf } from '../lineage/process.ts'
import type { EdgeContext, EdgeMaker } from './maker.ts'

const office =
  /^(?:winword|excel|powerpnt|msaccess|mspub|visio|outlook|onenote|eqnedt32)\.exe$|^(?:Microsoft (?:Word|Excel|PowerPoint|Outlook|OneNote))$/i
/** A path has at most 260 characters there. */
const document =
  /(?:[^"\s]{0,260}|[^"]{0,260})\.(?:doc|xls|ppt|dot|xlt|rtf|csv|iqy|slk|pub|vsd|one|mdb|accdb)[a-z]?(?="|\s|$)/i

export function officeChildren(context: EdgeContext): EdgeMaker {
  return {
    kinds: ['office'],
    needs: ['start'],
    act(fact, process) {
      const parent = process?.parent
      if (fact.kind !== 'start' || !process || !parent) return
      const asked = /[-/]dde\b/i.test(process.commandLine ?? '')
      const speaksDde = asked && office.test(programOf(process.image))
      if (!speaksDde && !office.test(programOf(parent.image))) return
      const opened = documentOf(parent)
      context.edge({
        kind: 'office',
        time: fact.time,
        client: { process: parent, known: 'it started the other' },
        server: { process, known: 'it was started' },
        endpoint: {
          name: opened ?? programOf(parent.image),
          template: programOf(parent.image),
          title: speaksDde || isDde(parent) ? 'DDE' : 'document',
        },
        facts: [fact],
      })
    },
  }
}

function isDde({ commandLine }: Process): boolean {
  return /[-/]dde\b/i.test(commandLine ?? '')
}

function documentOf({ commandLine }: Process): string | undefined {
  const text = commandLine?.slice(0, maxUnits)
  return text && document.exec(text)?.[0].trim()
}

/** Of a command line. */
const maxUnits = 4_096
