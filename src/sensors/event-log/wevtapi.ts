// The event log of a running Windows: subscriptions of channels, pulled. Calls are those of wevtapi.dll and kernel32.dll; what they mean
// together stands here, so that a scripted counterpart of the calls proves it where there is no Windows.
// Sources: Microsoft Learn, "Subscribing to Events" (pull model), EvtSubscribe, EvtNext, EvtRender, EvtUpdateBookmark, "Windows Event Log
// Error Constants", "System Error Codes".
import { native } from '../native.ts'

export const codes = {
  accessDenied: 5,
  insufficientBuffer: 122,
  noMoreItems: 259,
  notFound: 1168,
  timeout: 1460,
  invalidQuery: 15001,
  channelNotFound: 15007,
  queryResultStale: 15011,
} as const

/** A call that failed. */
export class EventLogError extends Error {
  readonly code: number

  constructor(call: string, code: number) {
    const [name] = Object.entries(codes).find(([, c]) => c === code) ?? []
    super(`${call} failed (${code}${name ? `, ${name}` : ''})`)
    this.code = code
  }
}

/** Of 64 bits; 0 is none. */
export type Handle = number | bigint

/** As in the headers; a function whose result is a number gives 0 where it failed. */
export interface Calls {
  EvtSubscribe(
    session: Handle,
    signal: Handle,
    channel: string,
    query: string,
    bookmark: Handle,
    context: Handle,
    callback: Handle,
    flags: number,
  ): Handle
  EvtNext(
    results: Handle,
    size: number,
    events: BigUint64Array,
    timeout: number,
    flags: number,
    returned: Uint32Array,
  ): number
  EvtRender(
    context: Handle,
    fragment: Handle,
    flags: number,
    size: number,
    buffer: Buffer | null,
    used: Uint32Array,
    properties: Uint32Array,
  ): number
  EvtCreateBookmark(xml: string | null): Handle
  EvtUpdateBookmark(bookmark: Handle, event: Handle): number
  EvtClose(handle: Handle): number
  CreateEventW(
    attributes: Handle,
    manual: number,
    initial: number,
    name: Handle,
  ): Handle
  WaitForSingleObject(handle: Handle, ms: number): number
  ResetEvent(handle: Handle): number
  CloseHandle(handle: Handle): number
  GetLastError(): number
}

export type From =
  | { readonly kind: 'now' }
  | { readonly kind: 'oldest' }
  /** XML of a bookmark. `EventLogError` notFound: the log does not hold it any more. */
  | { readonly kind: 'after'; readonly bookmark: string }

/** An event, or why it could not be put into words. */
export type Pulled = { readonly xml: string } | { readonly why: string }

export interface Subscription {
  /** What has come, up to some; none: nothing is there now. Throws `EventLogError`. */
  next(): readonly Pulled[]
  /** Behind what `next` gave last; undefined: nothing came yet. */
  bookmark(): string | undefined
  close(): void
}

export interface EventLog {
  /** Throws `EventLogError`. */
  subscribe(channel: string, from: From): Subscription
}

const toFuture = 1
const atOldest = 2
const afterBookmark = 3
/** Else a bookmark that is gone means "from the oldest", and nobody hears of it. */
const strict = 0x1_0000
const renderXml = 1
const renderBookmark = 2
/** Events that are pulled at once. */
const batch = 64
/** Bytes of a buffer at first; a larger event says how many it takes. */
const firstBytes = 64 * 1024
const maxBytes = 32 * 1024 * 1024
const signaled = 0

export function eventLogOf(calls: Calls): EventLog {
  return {
    subscribe: (channel, from) => new Pull(calls, channel, from),
  }
}

class Pull implements Subscription {
  readonly #calls: Calls
  readonly #signal: Handle
  readonly #results: Handle
  readonly #bookmark: Handle
  readonly #events = new BigUint64Array(batch)
  readonly #returned = new Uint32Array(1)
  readonly #used = new Uint32Array(1)
  readonly #properties = new Uint32Array(1)
  #buffer = Buffer.alloc(firstBytes)
  #hasMore = false
  #hasMoved = false

  constructor(calls: Calls, channel: string, from: From) {
    this.#calls = calls
    const xml = from.kind === 'after' ? from.bookmark : null
    this.#bookmark = calls.EvtCreateBookmark(xml)
    if (!this.#bookmark) throw this.#error('EvtCreateBookmark')
    this.#signal = calls.CreateEventW(0, 1, 1, 0)
    const after = from.kind === 'after' ? this.#bookmark : 0
    this.#results = calls.EvtSubscribe(
      0,
      this.#signal,
      channel,
      '*',
      after,
      0,
      0,
      flagsOf(from),
    )
    if (this.#results) return
    const error = this.#error('EvtSubscribe')
    this.#closeAll([this.#bookmark])
    throw error
  }

  next(): readonly Pulled[] {
    const calls = this.#calls
    if (!this.#hasMore) {
      if (calls.WaitForSingleObject(this.#signal, 0) !== signaled) return []
      // Before they are pulled: what comes meanwhile signals again.
      calls.ResetEvent(this.#signal)
      this.#hasMore = true
    }
    const done = calls.EvtNext(
      this.#results,
      batch,
      this.#events,
      0,
      0,
      this.#returned,
    )
    if (!done) {
      const error = this.#error('EvtNext')
      this.#hasMore = false
      if (error.code === codes.noMoreItems || error.code === codes.timeout)
        return []
      throw error
    }
    return Array.from(this.#events.subarray(0, this.#returned[0]), (event) =>
      this.#take(event),
    )
  }

  bookmark(): string | undefined {
    return this.#hasMoved
      ? this.#render(this.#bookmark, renderBookmark)
      : undefined
  }

  close(): void {
    this.#closeAll([this.#results, this.#bookmark])
  }

  /** One that cannot be rendered takes no other with it. */
  #take(event: Handle): Pulled {
    try {
      if (this.#calls.EvtUpdateBookmark(this.#bookmark, event))
        this.#hasMoved = true
      return { xml: this.#render(event, renderXml) }
    } catch (error) {
      return { why: (error as Error).message }
    } finally {
      this.#calls.EvtClose(event)
    }
  }

  #render(fragment: Handle, flags: number): string {
    if (this.#renderInto(fragment, flags)) return this.#rendered()
    const error = this.#error('EvtRender')
    const needed = this.#used[0]!
    if (error.code !== codes.insufficientBuffer || needed > maxBytes)
      throw error
    this.#buffer = Buffer.alloc(needed)
    if (this.#renderInto(fragment, flags)) return this.#rendered()
    throw this.#error('EvtRender')
  }

  #renderInto(fragment: Handle, flags: number): boolean {
    const { length } = this.#buffer
    return (
      this.#calls.EvtRender(
        0,
        fragment,
        flags,
        length,
        this.#buffer,
        this.#used,
        this.#properties,
      ) !== 0
    )
  }

  /** The text ends in a NUL. */
  #rendered(): string {
    const text = this.#buffer.toString('utf16le', 0, this.#used[0])
    return text.endsWith('\0') ? text.slice(0, -1) : text
  }

  #error(call: string): EventLogError {
    return new EventLogError(call, this.#calls.GetLastError())
  }

  #closeAll(handles: readonly Handle[]): void {
    for (const handle of handles) this.#calls.EvtClose(handle)
    if (this.#signal) this.#calls.CloseHandle(this.#signal)
  }
}

function flagsOf(from: From): number {
  switch (from.kind) {
    case 'now':
      return toFuture
    case 'oldest':
      return atOldest
    case 'after':
      return afterBookmark | strict
  }
}

type Declared = Readonly<Record<string, string>>

/** As koffi reads them; handles are numbers of the width of a pointer. */
export const declarations: Readonly<Record<string, Declared>> = {
  'wevtapi.dll': {
    EvtSubscribe:
      'uintptr_t __stdcall EvtSubscribe(uintptr_t, uintptr_t, str16, str16, uintptr_t, uintptr_t, uintptr_t, uint32_t)',
    EvtNext:
      'int __stdcall EvtNext(uintptr_t, uint32_t, _Out_ uint64_t*, uint32_t, uint32_t, _Out_ uint32_t*)',
    EvtRender:
      'int __stdcall EvtRender(uintptr_t, uintptr_t, uint32_t, uint32_t, _Out_ uint8_t*, _Out_ uint32_t*, _Out_ uint32_t*)',
    EvtCreateBookmark: 'uintptr_t __stdcall EvtCreateBookmark(str16)',
    EvtUpdateBookmark: 'int __stdcall EvtUpdateBookmark(uintptr_t, uintptr_t)',
    EvtClose: 'int __stdcall EvtClose(uintptr_t)',
  },
  'kernel32.dll': {
    CreateEventW:
      'uintptr_t __stdcall CreateEventW(uintptr_t, int, int, uintptr_t)',
    WaitForSingleObject:
      'uint32_t __stdcall WaitForSingleObject(uintptr_t, uint32_t)',
    ResetEvent: 'int __stdcall ResetEvent(uintptr_t)',
    CloseHandle: 'int __stdcall CloseHandle(uintptr_t)',
    GetLastError: 'uint32_t __stdcall GetLastError()',
  },
}

/** undefined: koffi is not there. Throws where Windows lacks a call. */
export function wevtapi(): Calls | undefined {
  const koffi = native()
  if (!koffi) return undefined
  const calls = Object.entries(declarations).flatMap(([library, declared]) => {
    const lib = koffi.load(library)
    return Object.entries(declared).map(([name, as]) => [name, lib.func(as)])
  })
  return Object.fromEntries(calls) as Calls
}
