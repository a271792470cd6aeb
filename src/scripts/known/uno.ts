// Services of LibreOffice, as its Basic and Python make them: UNO. One starts programs, one makes COM objects, one reaches another office.
// https://api.libreoffice.org/docs/idl/ref/ (SystemShellExecute, OleObjectFactory, UnoUrlResolver)
import type { Known } from '../fold/call.ts'
import type { Table } from '../fold/functions/text.ts'
import { object, shownOf, text } from '../fold/value.ts'
import { comObject } from './com.ts'
import { tellFile } from './places.ts'

const service: Known = ({ args, named }) => {
  const name = shownOf(args[0] ?? named.get('servicename'))
  return /^com\.sun\.star\./i.test(name)
    ? object(`uno.${name.toLowerCase()}`)
    : undefined
}

/** A program, its arguments, and how it is shown. */
const execute: Known = (call) => {
  const [program, args] = call.args
  const line =
    program && args && shownOf(args)
      ? text(`${shownOf(program)} ${shownOf(args)}`, program.via | args.via)
      : program
  call.commandLine(line)
  return undefined
}

/** `uno:socket,host=h,port=p;urp;…` or `uno:pipe,name=n;urp;…`. */
const resolve: Known = (call) => {
  const address = shownOf(call.args[0])
  const part = (name: string) =>
    new RegExp(`[,;]\\s{0,8}${name}=([^,;]{1,256})`, 'i').exec(address)?.[1]
  const [host, port, pipe] = [part('host'), part('port'), part('name')]
  if (/^uno:pipe,/i.test(address)) call.tell('pipe_client', pipe ?? address)
  else if (host) call.tell('connect', port ? `${host}:${port}` : host)
  return object('uno.remote')
}

const oleObject: Known = (call) => comObject(call, call.args[0])

/** A document that is opened or kept elsewhere. */
const elsewhere: Known = (call) => {
  const url = shownOf(call.args[0])
  if (/^(?:https?|ftp|vnd\.sun\.star\.webdavs?):/i.test(url))
    call.tell('connect', url)
  return undefined
}

const kept: Known = (call) => {
  const url = shownOf(call.args[0])
  if (/^file:/i.test(url)) tellFile(call, url, true)
  else elsewhere(call)
  return undefined
}

/** A script that lies where its address says, perhaps outside of the document. */
const script: Known = (call) => {
  call.tell('load', shownOf(call.args[0]))
  return undefined
}

const star = 'uno.com.sun.star'

export const unoCalls: Table = {
  createunoservice: service,
  createunoservicewitharguments: service,
  getprocessservicemanager: () => object('uno.manager'),
  'uno.manager.createinstance': service,
  '.createinstancewithcontext': service,
  '.createinstancewithargumentsandcontext': service,
  [`${star}.system.systemshellexecute.execute`]: execute,
  [`${star}.bridge.oleobjectfactory.createinstance`]: oleObject,
  [`${star}.bridge.ole2.oleobjectfactory.createinstance`]: oleObject,
  [`${star}.bridge.unourlresolver.resolve`]: resolve,
  '.loadcomponentfromurl': elsewhere,
  '.storetourl': kept,
  '.storeasurl': kept,
  '.getscript': script,
}
