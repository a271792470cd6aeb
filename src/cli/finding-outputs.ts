// Which formats go where? Each `--format` may have an `-o FILE` behind it; one may be without, and goes to standard output.
import { extname } from 'node:path'

import { type Command, InvalidArgumentError, Option } from 'commander'

import { didYouMean } from '../base/did-you-mean.ts'
import type { Zone } from '../base/zone.ts'

import {
  isSinkName,
  type SinkName,
  sinkNames,
  sinks,
} from '../findings/sinks/index.ts'
import type { RunReport, Sink, Wanted } from '../findings/sinks/sink.ts'
import type { WrittenFinding } from '../findings/written.ts'

import { UsageError } from './exit.ts'
import { openOutput, type OutputBuffer } from './output.ts'

interface Choice {
  readonly format?: SinkName
  readonly file?: string
}

export type ColourChoice = 'auto' | 'always' | 'never'

export interface OpenOptions {
  readonly colour: ColourChoice
  readonly examples: number
  readonly zone: Zone | undefined
}

/** Gathers the flags in their order: which file belongs to which format is told by it. */
export class FindingOutputs {
  #choices: readonly Choice[] = []

  addTo(command: Command): Command {
    const formats = Object.entries(sinks).map(
      ([n, { what }]) => `${n}: ${what}`,
    )
    return command
      .addOption(
        new Option(
          '--format <format>',
          `how findings are printed (default: table). ${formats.join('; ')}. Repeatable, each with an -o of its own`,
        )
          .choices(sinkNames)
          .argParser((name) => this.#take({ format: readFormat(name) })),
      )
      .addOption(
        new Option(
          '-o, --output <file>',
          'write the format before it into this file; without one its ending tells the format, or the format behind it where that may end so',
        ).argParser((file) => this.#take({ file })),
      )
      .addOption(colourOption())
  }

  /** A file belongs to the format before it; a format to the file before it only if it may end so. */
  #take(next: Choice): void {
    const last = this.#choices.at(-1)
    const fits =
      last &&
      (next.format ? !last.format && mayBe(next.format, last.file) : !last.file)
    this.#choices = fits
      ? [...this.#choices.slice(0, -1), { ...last, ...next }]
      : [...this.#choices, next]
  }

  open(options: OpenOptions): OpenOutputs {
    const wanted = (this.#choices.length ? this.#choices : [{}]).map(
      ({ format, file }, i, all) => ({
        format: format ?? formatOf(file, all[i + 1]),
        file,
      }),
    )
    const targets = wanted.map(({ file }) => file ?? '-')
    const twice = targets.find((t, i) => targets.indexOf(t) < i)
    if (twice !== undefined) {
      throw new UsageError(
        twice === '-'
          ? 'two formats for standard output: give all but one an -o FILE'
          : `two formats for "${twice}": each needs a file of its own`,
      )
    }
    const opened = wanted.map(({ format, file }) => {
      const output = openOutput(file)
      const sink = sinks[format].open({
        write: (text) => output.write(text),
        colour: wantsColour(options.colour, output.isTerminal),
        width: output.width,
        examples: options.examples,
        ...(options.zone && { zone: options.zone }),
      })
      return { sink, output }
    })
    return new OpenOutputs(
      opened,
      wanted.some((w, i) => w.format === 'table' && targets[i] === '-'),
    )
  }
}

export class OpenOutputs {
  readonly #opened: readonly { sink: Sink; output: OutputBuffer }[]
  /** People read standard output: the summary goes there too. */
  readonly toPeople: boolean

  constructor(
    opened: readonly { sink: Sink; output: OutputBuffer }[],
    toPeople: boolean,
  ) {
    this.#opened = opened
    this.toPeople = toPeople
  }

  finding(finding: WrittenFinding): void {
    for (const { sink } of this.#opened) sink.finding(finding)
  }

  /** Events that a report would show whole; undefined: there is no such report. */
  wanted(): readonly Wanted[] | undefined {
    const asking = this.#opened.filter(({ sink }) => sink.wanted)
    return asking.length
      ? asking.flatMap(({ sink }) => sink.wanted!())
      : undefined
  }

  end(run?: RunReport): void {
    for (const { sink, output } of this.#opened) {
      sink.end(run)
      output.flush()
    }
  }
}

function readFormat(name: string): SinkName {
  if (isSinkName(name)) return name
  throw new InvalidArgumentError(
    [`expected one of ${sinkNames.join(', ')}`, didYouMean(name, sinkNames)]
      .filter(Boolean)
      .join('; '),
  )
}

function formatOf(file: string | undefined, behind?: Choice): SinkName {
  if (file === undefined || file === '-') return 'table'
  const told = formatByEnding(file)
  if (told) return told
  const cure =
    behind?.format && behind.file === undefined
      ? `; if --format ${behind.format} is meant for it, write --format ${behind.format} -o FILE`
      : ''
  throw new UsageError(
    `"${file}": no --format before it, and its ending tells none (${knownEndings().join(' ')} do)${cure}`,
  )
}

function knownEndings(): string[] {
  return [...new Set(sinkNames.flatMap((n) => sinks[n].extensions))].map(
    (ending) => `.${ending}`,
  )
}

function formatByEnding(file: string | undefined): SinkName | undefined {
  const ending = endingOf(file)
  return sinkNames.find((n) => sinks[n].extensions.includes(ending))
}

function mayBe(format: SinkName, file: string | undefined): boolean {
  return file === '-' || sinks[format].extensions.includes(endingOf(file))
}

const endingOf = (file = '') => extname(file).slice(1).toLowerCase()

const colourOption = () =>
  new Option('--color <when>', 'colours: auto (on a terminal), always, never')
    .choices(['auto', 'always', 'never'])
    .default('auto')

/** https://no-color.org */
function wantsColour(when: ColourChoice, onTerminal: boolean): boolean {
  if (when !== 'auto') return when === 'always'
  return onTerminal && !process.env.NO_COLOR
}
