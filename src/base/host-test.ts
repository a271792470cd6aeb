// Which hosts does a person mean?
import { globTest } from './glob.ts'

/** Is a host one of these, letter case ignored? A name without a domain stands for the host in whatever domain. */
export function hostTest(wanted: readonly string[]): (host: string) => boolean {
  const tests = wanted.flatMap((name) =>
    (name.includes('.') ? [name] : [name, `${name}.*`]).map((pattern) =>
      globTest(pattern, { ignoreCase: true }),
    ),
  )
  return (host) => tests.some((test) => test(host))
}
