// Macros of a compound file: each module's source, and what speaks against it being what runs.
import type { Damage } from '../../../base/record.ts'

import type { ItemWriter } from '../item.ts'
import type { Disagreement } from '../vba/compiled.ts'
import {
  type MacroModule,
  type MacroProject,
  macroProjects,
} from '../vba/project.ts'

import type { OpenedCompound } from './opened.ts'

export async function readMacros({
  file,
  writer,
}: OpenedCompound): Promise<void> {
  const told = (damage: Damage) => writer.tell(damage, 'VBA')
  for (const project of macroProjects(file, told)) {
    for (const reference of project.references) {
      const path = reference.split('#').at(-2) ?? ''
      if (!/^\\\\[^\\]|^https?:/i.test(path)) continue
      writer.add({
        kind: 'relation',
        part: project.storage,
        relation: 'vbaReference',
        text: reference,
        target: path,
        targetMode: 'external',
      })
    }
    for (const module of project.modules) {
      if (!module.source.trim() && !module.disagreement) continue
      const text = withoutAttributes(module.source)
      const offset = file.offsetOf(module.compiled.bytes, module.sourceAt)
      writer.add({
        kind: 'macro',
        part: module.stream,
        ...(offset !== undefined && { offset }),
        position: module.name,
        macroName: module.name,
        text,
        source: module.source,
        ...stomped(module),
      })
    }
    tellUnwritten(project, writer)
    await readAsScript(project, writer)
  }
}

function tellUnwritten(
  { storage, unwritten, modules }: MacroProject,
  writer: ItemWriter,
): void {
  // Where a source is known to be another one, nothing new is said of it.
  if (unwritten.length === 0 || modules.some((m) => m.disagreement)) return
  writer.add({
    kind: 'macro',
    part: `${storage}/_VBA_PROJECT`,
    position: 'identifiers',
    text: unwritten.join(' '),
    around: 'names of the compiled form that no source has',
    obfuscation: ['unwritten'],
  })
}

/** What they do is told as of any script: of one, since what a module calls stands in another. */
async function readAsScript(
  { storage, modules }: MacroProject,
  writer: ItemWriter,
): Promise<void> {
  const coded = modules.filter((m) => withoutAttributes(m.source).trim())
  const [first, ...others] = coded
  if (!first) return
  const name = others.length ? `${storage}/modules` : first.stream
  const sources = coded.map((m) => m.source)
  await writer.inside(`${name}.vba`, Buffer.from(sources.join('\r\n')))
}

/** `Attribute VB_Name = …`: written by the editor, not by a person. */
function withoutAttributes(source: string): string {
  return source.replace(/^Attribute VB_[^\r\n]{0,1024}\r?\n?/gm, '')
}

const sayings: Readonly<Record<Disagreement['kind'], string>> = {
  'source is empty': 'the source is empty',
  'texts are not in the source': 'compiled texts are not in the source',
  'lines are others': 'the source has other lines than what is compiled',
}

function stomped({ disagreement, compiled }: MacroModule) {
  if (!disagreement) return {}
  const around = `${sayings[disagreement.kind]} (${compiled.lines.length} lines are compiled)`
  const texts = disagreement.texts.slice(0, 32).join(' | ')
  return {
    around: texts ? `${around}: ${texts}` : around,
    obfuscation: ['stomped'],
  }
}
