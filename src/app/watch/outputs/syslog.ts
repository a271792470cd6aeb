// Findings as syslog messages over TCP or TLS: RFC 5424 for the message, RFC 6587 3.4.1 (octet counting) and RFC 5425 for the transport.
// The protocol has no answer: what the other side had read when a connection broke is not known, so the last messages come again.
import { connect as connectTcp, type Socket } from 'node:net'
import { hostname } from 'node:os'
import { connect as connectTls } from 'node:tls'

import type { Finding } from '../../../findings/finding.ts'

import { NotNow, type Output } from './output.ts'

export interface SyslogOptions {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  readonly ca?: string
  /** The text of a message. */
  readonly message: (finding: Finding) => string
}

/** Milliseconds for a connection, and for a write to be taken. */
const timeoutMs = 10_000
/** RFC 5424 6.2.1: security messages. */
const facility = 13
/** RFC 5424 6.2.1 */
const severities = {
  critical: 2,
  high: 3,
  medium: 4,
  low: 5,
  informational: 6,
} as const

export function syslog(name: string, options: SyslogOptions): Output {
  let socket: Socket | undefined
  const drop = () => {
    socket?.destroy()
    socket = undefined
  }
  return {
    name,
    async send(lines, signal) {
      socket ??= await connected(options, signal)
      const text = lines
        .map((line) => framed(JSON.parse(line) as Finding, options))
        .join('')
      try {
        await written(socket, text, signal)
      } catch (error) {
        drop()
        throw error
      }
    },
    async close() {
      socket?.end()
      drop()
    },
  }
}

function framed(finding: Finding, { message }: SyslogOptions): string {
  const severity = severities[finding.rule.level]
  const priority = facility * 8 + severity
  const time = finding.time ?? '-'
  const text = `<${priority}>1 ${time} ${printable(finding.host ?? hostname())} ipcwatch - ${printable(finding.id)} - \ufeff${message(finding)}`
  return `${Buffer.byteLength(text)} ${text}`
}

/** PRINTUSASCII without blanks, at most 255. */
function printable(text: string): string {
  return text.replaceAll(/[^\x21-\x7e]/g, '_').slice(0, 255) || '-'
}

function connected(
  { host, port, tls, ca }: SyslogOptions,
  signal: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = tls
      ? connectTls({
          host,
          port,
          servername: host,
          ...(ca !== undefined && { ca }),
        })
      : connectTcp({ host, port })
    const fail = (error: Error) => {
      socket.destroy()
      reject(new NotNow(`syslog ${host}:${port}: ${error.message}`))
    }
    socket.setTimeout(timeoutMs, () => fail(new Error('no answer')))
    socket.once('error', fail)
    const stop = () => fail(new Error('it was not waited for'))
    signal.addEventListener('abort', stop)
    socket.once('close', () => signal.removeEventListener('abort', stop))
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      socket.setTimeout(0)
      socket.off('error', fail)
      signal.removeEventListener('abort', stop)
      // A later fault is seen by the write that meets it.
      socket.on('error', () => {})
      socket.resume()
      resolve(socket)
    })
  })
}

function written(
  socket: Socket,
  text: string,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket.destroyed || !socket.writable) {
      reject(new NotNow('syslog: the connection was closed'))
      return
    }
    const giveUp = () => reject(new NotNow('syslog: nothing was taken'))
    const timer = setTimeout(giveUp, timeoutMs)
    signal.addEventListener('abort', giveUp)
    socket.write(text, (error) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      if (error) reject(new NotNow(`syslog: ${error.message}`))
      else resolve()
    })
  })
}
