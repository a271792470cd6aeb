// The task scheduler as scripts use it: the host that they connect to is that of its folders, and of the tasks that they put there.
// https://learn.microsoft.com/windows/win32/taskschd/taskservice-connect
import type { Known } from '../fold/call.ts'
import type { Table } from '../fold/functions/text.ts'
import { object, shownOf, text, textOf } from '../fold/value.ts'
import { isOther } from './places.ts'

const connected = '[connected]'

const connects: Known = (call) => {
  const { receiver, args } = call
  const host = shownOf(args[0])
  if (!isOther(host)) return undefined
  call.tell('com', 'Schedule.Service', { host })
  if (receiver?.kind === 'object') receiver.entries.set(connected, text(host))
  return undefined
}

const folder: Known = ({ receiver }) => {
  if (receiver?.kind !== 'object') return undefined
  const host = receiver.host ?? textOf(receiver.entries.get(connected))
  return object('schedule.folder', host === undefined ? {} : { host })
}

const registers: Known = (call) => {
  const { receiver, args } = call
  const host = receiver?.kind === 'object' ? receiver.host : undefined
  call.tell('install', shownOf(args[0]), { host })
  return undefined
}

export const scheduleCalls: Table = {
  'schedule.service.connect': connects,
  'schedule.service.getfolder': folder,
  'schedule.folder.getfolder': folder,
  'schedule.folder.createfolder': folder,
  'schedule.folder.registertask': registers,
  'schedule.folder.registertaskdefinition': registers,
  '.registertaskdefinition': registers,
}
