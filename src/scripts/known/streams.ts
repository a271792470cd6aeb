// Streams of .NET: pipes, connections, what wraps them, and what is read from them. Values bear where they came from, so that text that is
// run as code says whether somebody else wrote it. Microsoft Learn, System.IO.Pipes, System.Net.Sockets, System.IO.Stream.
import type { Known } from '../fold/call.ts'
import { ofConnection, ofPipe, received } from '../fold/flow.ts'
import type { Table } from '../fold/functions/text.ts'
import {
  markInPlace,
  object,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
} from '../fold/value.ts'
import { isOther, socketOf } from './places.ts'

function open(type: string, via: number): Value {
  return object(type, { via })
}

const pipeServer: Known = (call) => {
  call.tell('pipe_server', `\\${shownOf(call.args[0])}`)
  return open('io.pipes.stream', ofPipe)
}

const pipeClient: Known = (call) => {
  const [first, second] = call.args
  const named = second?.kind === 'text' ? second : first
  const host = second?.kind === 'text' ? shownOf(first) : undefined
  call.tell('pipe_client', `\\${shownOf(named)}`, {
    host: isOther(host) ? host : undefined,
  })
  return open('io.pipes.stream', ofPipe)
}

function isUnixSocket(endpoint: Value): boolean {
  return endpoint.kind === 'object' && endpoint.type === 'net.sockets.path'
}

/** `client.Connect(address, port)`, where it was made without. */
const connects: Known = (call) => {
  const [to] = call.args
  if (to && !isUnixSocket(to)) {
    call.tell('connect', call.args.slice(0, 2).map(shownOf).join(':'))
    call.mark('connection')
  }
  return open('net.sockets.client', ofConnection)
}

const endpoint: Known = ({ args }) =>
  object('net.ipendpoint', { data: text(args.map(shownOf).join(':')) })

const client: Known = (call) => {
  // A port alone is one of this host, an object how to reach another.
  const isAddress = call.args.length > 1 && call.args[0]?.kind !== 'object'
  return isAddress ? connects(call) : open('net.sockets.client', ofConnection)
}

const socket: Known = () => open('net.sockets.client', ofConnection)

const listens: Known = (call) => {
  if (call.args.length) call.tell('listen', call.args.map(shownOf).join(':'))
  call.mark('connection')
  return open('net.sockets.listener', ofConnection)
}

const stream: Known = (call) => {
  call.mark('stream')
  return object('net.stream', {
    via: (call.receiver?.via ?? 0) | ofConnection,
  })
}

/** A stream around another, and readers and writers of it: where what comes through it is from stays. */
const wraps =
  (type: string): Known =>
  ({ args }) => {
    const [of] = args
    const data = of?.kind === 'object' ? of.data : undefined
    const via = (of?.via ?? 0) | (data?.via ?? 0)
    return object(type, { via, ...(data && { data }) })
  }

const isFromElsewhere = (value: Value | undefined): value is Value =>
  value !== undefined && (value.via & received) !== 0

const read: Known = ({ receiver }) =>
  isFromElsewhere(receiver)
    ? unknown('received', receiver.via & received)
    : undefined

/** What it read is in the buffer that it was given. */
const fills: Known = (call) => {
  const { receiver, args } = call
  const [buffer] = args
  if (!isFromElsewhere(receiver) || !buffer) return read(call)
  filled(buffer, receiver.via & received)
  return read(call)
}

function filled(buffer: Value, via: number): void {
  markInPlace(buffer, via)
  if (buffer.kind === 'list')
    buffer.items.splice(0, buffer.items.length, unknown('received', via))
  else if (buffer.kind === 'bytes')
    (buffer as { bytes: Buffer }).bytes = Buffer.from('{received}')
  else if (buffer.kind === 'object' && buffer.data) filled(buffer.data, via)
}

/** `ReadArray(place, buffer, from, count)`. */
const fillsSecond: Known = (call) => {
  const [, buffer] = call.args
  if (isFromElsewhere(call.receiver) && buffer)
    filled(buffer, call.receiver.via & received)
  return read(call)
}

/** Part of a buffer, over the same bytes. */
const segment: Known = ({ args: [of] }) =>
  object('segment', of ? { data: of, via: of.via } : {})

const accepts: Known = ({ receiver }) =>
  object('net.sockets.client', {
    via: (receiver?.via ?? 0) | ofConnection,
  })

/** A program whose input is for the script to write. */
const redirects: Known = (call) => {
  if (textOf(call.args[0])) call.mark('redirected')
  return undefined
}

const unixSocket: Known = (call) => {
  const path = shownOf(call.args[0])
  call.tell('socket_client', socketOf(path) ?? path)
  return open('net.sockets.path', ofConnection)
}

const names = (type: string, members: readonly string[], known: Known) =>
  Object.fromEntries(members.map((m) => [`${type}.${m}`, known]))

const wrappers = [
  'net.security.sslstream',
  'net.security.negotiatestream',
  'io.bufferedstream',
  'io.binaryreader',
  'net.sockets.networkstream',
]

export const streamCalls: Table = {
  'io.pipes.namedpipeserverstream.new': pipeServer,
  'io.pipes.namedpipeclientstream.new': pipeClient,
  'net.sockets.tcpclient.new': client,
  'net.sockets.udpclient.new': client,
  'net.sockets.socket.new': socket,
  'net.websockets.clientwebsocket.new': () =>
    open('net.sockets.client', ofConnection),
  ...names(
    'net.sockets.client',
    ['connect', 'connectasync', 'beginconnect'],
    connects,
  ),
  'net.sockets.client.getstream': stream,
  '.getstream': stream,
  'net.ipendpoint.new': endpoint,
  'net.sockets.client.bind': listens,
  'net.sockets.tcplistener.new': listens,
  'net.sockets.tcplistener.create': listens,
  'net.httplistener.new': () => open('net.httplistener', ofConnection),
  'net.httplistener.prefixes.add': listens,
  '.accepttcpclient': accepts,
  '.acceptsocket': accepts,
  '.accepttcpclientasync': accepts,
  'net.sockets.client.accept': accepts,
  'net.sockets.unixdomainsocketendpoint.new': unixSocket,
  ...Object.fromEntries(
    wrappers.map((type) => [`${type}.new`, wraps('net.stream')]),
  ),
  'io.streamwriter.new': wraps('io.writer'),
  '.read': fills,
  '.readarray': fillsSecond,
  '.readchar': read,
  '.readasync': fills,
  '.beginread': fills,
  '.readblock': fills,
  '.readexactly': fills,
  '.readatleast': fills,
  '.receive': fills,
  '.receiveasync': fills,
  '.receivefrom': fills,
  '.beginreceive': fills,
  '.readline': read,
  '.readlineasync': read,
  '.readtoend': read,
  '.readtoendasync': read,
  '.readstring': read,
  '.readbyte': read,
  '.readbytes': read,
  'arraysegment[byte].new': segment,
  'memory[byte].new': segment,
  '.redirectstandardinput=': redirects,
}

/** They tell nothing by these words alone. */
export const silentStreamCalls: ReadonlySet<Known> = new Set([
  stream,
  socket,
  endpoint,
  accepts,
  fills,
  fillsSecond,
  read,
  segment,
  redirects,
])
