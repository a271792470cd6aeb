import { describe, expect, it } from 'vitest'

import { maxDocuments, maxTokens, readYaml } from './read.ts'

const errorsOf = (text: string) => readYaml(text).flatMap((d) => d.errors)

describe('readYaml', () => {
  it('counts the marks of a long flow text before anything is made of them', () => {
    for (const piece of ['} ] ', '&a ', '!!str ', '- ', '[a,']) {
      const text = piece.repeat(maxTokens)
      expect(errorsOf(text)).toMatchObject([{ kind: 'bounds' }])
    }
  })

  it('says once that a text is nested too deeply', () => {
    for (const piece of ['[', '{a: ', '- ', '? ']) {
      const errors = errorsOf(`a: b\n---\n${piece.repeat(20_000)}`)
      expect(errors).toMatchObject([
        { kind: 'bounds', message: 'it is nested too deeply' },
      ])
    }
  })

  it('reads so many documents of a file, and says where it stopped', () => {
    const documents = readYaml('---\na: 1\n'.repeat(maxDocuments + 2))
    expect(documents).toHaveLength(maxDocuments + 1)
    expect(documents.at(-1)!.errors).toMatchObject([
      { kind: 'bounds', position: { line: 2 * maxDocuments + 2, column: 1 } },
    ])
  })

  it('takes several merge keys in one mapping', () => {
    const [document] = readYaml(
      'x: &x { a: 1 }\ny: &y { b: 2 }\nz: { <<: *x, <<: *y }\n',
    )
    expect(document!.errors).toEqual([])
    expect((document!.value as Map<string, unknown>).get('z')).toEqual(
      new Map(Object.entries({ a: 1, b: 2 })),
    )
  })
})
