// Dynamic data exchange: a server (the service), one of its topics, and an item of that. Where no server runs, the program
// that holds the link starts one: the service is the program and the topic its arguments.
// https://learn.microsoft.com/windows/win32/dataxchg/about-dynamic-data-exchange

export interface Dde {
  readonly service: string
  readonly topic: string
  readonly item?: string
}

/** The command line that the link would run. */
export function ddeCommand({ service, topic }: Dde): string {
  return [service, topic].filter(Boolean).join(' ')
}

/** As a formula has it. */
export function ddeText({ service, topic, item }: Dde): string {
  return `${service}|'${topic}'!${item || 'A0'}`
}
