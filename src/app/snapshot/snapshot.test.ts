import { describe, expect, it } from 'vitest'

import type { ProcessView } from '../../sensors/linux/process-view.ts'
import type { OpenFile } from '../../sensors/linux/processes.ts'
import { edgesOf } from './edges.ts'
import { drawing, rowOf } from './shown.ts'
import { linesOf } from './snapshot.ts'

const view = (pid: number, change: Partial<ProcessView> = {}): ProcessView => ({
  pid,
  ppid: 1,
  startTicks: pid,
  name: `p${pid}`,
  image: `/bin/p${pid}`,
  commandLine: `p${pid}`,
  userId: 0,
  realUserId: 0,
  loginUserId: undefined,
  container: undefined,
  controlGroup: undefined,
  ...change,
})

const held = (
  pid: number,
  kind: OpenFile['kind'],
  id: string,
  access: OpenFile['access'],
  path?: string,
): OpenFile => ({
  pid,
  fd: 3,
  kind,
  id,
  path,
  access,
})

function told(
  open: readonly OpenFile[],
  sockets: Parameters<typeof edgesOf>[1] = [],
) {
  const processes = new Map([1, 2, 3].map((pid) => [pid, view(pid)]))
  return edgesOf({ processes, open, closed: 0 }, sockets).map(
    (e) =>
      `${e.kind} ${e.client?.pid ?? '-'} ${e.name} ${e.server?.pid ?? '-'}`,
  )
}

describe('the graph of a host', () => {
  it('joins who writes into a pipe with who reads it, and nobody with itself', () => {
    expect(
      told([
        held(1, 'pipe', '9', 'write'),
        held(2, 'pipe', '9', 'read'),
        held(2, 'pipe', '9', 'write'),
        held(3, 'pipe', '8', 'both'),
      ]),
    ).toEqual(['pipe 1 pipe:[9] 2'])
  })

  it('joins the ends of a FIFO, and says where one is missing', () => {
    expect(
      told([
        held(1, 'fifo', '9', 'write', '/tmp/f'),
        held(2, 'fifo', '9', 'read', '/tmp/f'),
      ]),
    ).toEqual(['fifo 1 /tmp/f 2'])
    expect(told([held(1, 'fifo', '9', 'read', '/tmp/f')])).toEqual([
      'fifo - /tmp/f 1',
    ])
  })

  it('has one edge for two that share memory', () => {
    const share = (pid: number) =>
      held(pid, 'memfd', '9', 'both', '/memfd:x (deleted)')
    expect(told([share(1), share(2)])).toEqual([
      'shared_memory 1 /memfd:x (deleted) 2',
    ])
  })

  it('joins the ends of a connection, the one with the name as the server', () => {
    const sockets = [
      { inode: '10', path: '/run/s', peer: undefined, isListening: true },
      { inode: '11', path: '/run/s', peer: '12', isListening: false },
      { inode: '12', path: undefined, peer: '11', isListening: false },
    ]
    const open = [
      held(2, 'socket', '10', 'both'),
      held(2, 'socket', '11', 'both'),
      held(1, 'socket', '12', 'both'),
    ]
    expect(told(open, sockets)).toEqual([
      'unix_socket - /run/s 2',
      'unix_socket 1 /run/s 2',
    ])
  })

  it('is shown as text, whatever a process is called', () => {
    const evil = view(7, {
      image: '/tmp/<script>\u001b[31m',
      userId: 1000,
      container: '3f29ab0c11de',
    })
    const edge = {
      kind: 'fifo',
      name: '/tmp/a&b',
      client: evil,
      server: view(2),
    } as const
    expect(rowOf(edge)).toContain('uid 1000 -> 0')
    expect(rowOf(edge)).not.toContain('\u001b')
    expect(drawing([edge])).toContain('&lt;script&gt;')
    expect(drawing([edge])).toContain('/tmp/a&amp;b')
  })

  it('is events of category ipc_edge, with what differs', () => {
    const edges = [
      {
        kind: 'fifo',
        name: '/tmp/f',
        client: view(7, { userId: 5, ppid: 2 }),
        server: view(2),
      },
    ] as const
    const [line] = [...linesOf({ edges, processes: 2, blind: [] }, 0)]
    const { logSource, fields } = JSON.parse(line!) as {
      logSource: object
      fields: object
    }
    expect(logSource).toMatchObject({ category: 'ipc_edge' })
    expect(fields).toMatchObject({
      EdgeKind: 'fifo',
      ClientProcessId: 7,
      ServerImage: '/bin/p2',
      UserDiffers: 'yes',
      Parentage: 'server_started_client',
    })
  })
})
