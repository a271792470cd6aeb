// The kinds of edges: a new one is a file and a line.
import { appleEvents } from './apple-event.ts'
import { busMessages } from './bus-message.ts'
import { comActivations } from './com.ts'
import { anonymousPipes, fifos } from './fifo.ts'
import type { OpenMaker } from './maker.ts'
import { namedPipes } from './named-pipe.ts'
import { officeChildren } from './office.ts'
import { processAccesses } from './process-access.ts'
import { sharedMemory } from './shared-memory.ts'
import { unixSockets } from './unix-socket.ts'
import { xpcConnections } from './xpc.ts'

export const makers: readonly OpenMaker[] = [
  namedPipes,
  comActivations,
  officeChildren,
  xpcConnections,
  unixSockets,
  busMessages,
  fifos,
  anonymousPipes,
  processAccesses,
  sharedMemory,
  appleEvents,
]
