// bin and bucket: numbers and times become the buckets that they are in.
import { bucketOptions, bucketsOf, printBuckets } from './buckets.ts'
import { type Options, takeOptions } from './options.ts'
import { name, words } from './parts.ts'
import type { Syntax } from './syntax.ts'

/** `bin {option} field {option} ["as" field] {option}` */
export const bin: Syntax<'bin'> = {
  words: ['bin', 'bucket', 'discretize'],
  options: bucketOptions,
  parse(s, { at }) {
    const found: Options<typeof bucketOptions> = {}
    const others = () => takeOptions(s, bucketOptions, found, 'bin')
    others()
    const field = s.name('a field')
    others()
    const as = s.takeWord('as', true) ? s.name('a name') : field
    others()
    return { kind: 'bin', field, as, buckets: bucketsOf(s, found, at) }
  },
  print: (c) =>
    words('bin', printBuckets(c.buckets), name(c.field), `as ${name(c.as)}`),
}
