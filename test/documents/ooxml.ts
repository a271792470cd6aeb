// Open XML packages made by hand: for tests.
import { type ZipPart, zipOf } from '../tools/archives.ts'

export interface OoxmlParts {
  /** Content type of the main part, behind `application/`. */
  readonly type: string
  readonly main: string | Buffer
  /** By name: what is in it, and its content type behind `application/`. */
  readonly parts?: Readonly<
    Record<
      string,
      { readonly content: string | Buffer; readonly type?: string }
    >
  >
  readonly mainName: string
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>'

export function ooxmlOf({
  type,
  main,
  mainName,
  parts = {},
}: OoxmlParts): Buffer {
  const types = Object.entries(parts).flatMap(([name, p]) =>
    p.type
      ? [`<Override PartName="/${name}" ContentType="application/${p.type}"/>`]
      : [],
  )
  const members: ZipPart[] = [
    {
      name: '[Content_Types].xml',
      content: `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/${mainName}" ContentType="application/${type}"/>${types.join('')}</Types>`,
    },
    ...(parts['_rels/.rels']
      ? []
      : [
          {
            name: '_rels/.rels',
            content: relationsOf({
              id: 'main',
              type: 'officeDocument',
              target: mainName,
            }),
          },
        ]),
    { name: mainName, content: main },
    ...Object.entries(parts).map(([name, p]) => ({ name, content: p.content })),
  ]
  return zipOf(members)
}

export interface RelationParts {
  readonly id: string
  readonly type: string
  readonly target: string
  readonly external?: boolean
}

export function relationsOf(...relations: readonly RelationParts[]): string {
  const all = relations.map(
    ({ id, type, target, external }) =>
      `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${escaped(target)}"${external ? ' TargetMode="External"' : ''}/>`,
  )
  return `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
