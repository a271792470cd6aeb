// Durations, sizes and addresses as people write them.

const milliseconds = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `500ms`, `5s`, `10m`, `1h`, `1d`; a number alone counts seconds. In milliseconds. */
export function duration(text: string): number | undefined {
  const [, digits, unit = 's'] =
    /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)?$/.exec(text.trim()) ?? []
  if (digits === undefined) return undefined
  return Math.round(
    Number(digits) * milliseconds[unit as keyof typeof milliseconds],
  )
}

const bytes = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 }

/** `512MB`, `1G`, `1024`; powers of 1,024. In bytes. */
export function size(text: string): number | undefined {
  const [, digits, unit = ''] =
    /^(\d{1,12})\s*([KMG])?i?B?$/i.exec(text.trim()) ?? []
  if (digits === undefined) return undefined
  return Number(digits) * bytes[unit.toUpperCase() as keyof typeof bytes]
}

export interface Address {
  readonly host: string
  readonly port: number
}

/** `127.0.0.1:8088`, `[::1]:8088`; a port alone is one of 127.0.0.1. */
export function address(text: string): Address | undefined {
  const [, six, four, digits] =
    /^(?:\[([\da-f:.]{2,45})\]:|([\w.-]{1,253}):)?(\d{1,5})$/i.exec(
      text.trim(),
    ) ?? []
  const port = Number(digits)
  if (digits === undefined || port > 65_535) return undefined
  return { host: six ?? four ?? '127.0.0.1', port }
}

/** Only this machine reaches it. */
export function isLoopback(host: string): boolean {
  return (
    host === '::1' || host === 'localhost' || /^127(?:\.\d{1,3}){3}$/.test(host)
  )
}
