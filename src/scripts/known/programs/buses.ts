// Programs that speak to D-Bus: how each writes a name, a path, an interface and a method.
import type { Command, KnownCommand } from '../../fold/call.ts'
import { unknown, type Value } from '../../fold/value.ts'
import { Words } from '../words.ts'

import { tellUnit } from '../units.ts'
import { starts } from './told.ts'

function tellCall(
  command: Command,
  words: readonly (string | undefined)[],
): Value {
  command.tell('dbus', words.filter(Boolean).join(' '))
  tellUnit(command, words.at(-1), command.words)
  return unknown('output')
}

/** `--dest=NAME`, `--dest NAME`, `-d NAME`. */
function optionOf(words: Words, ...names: readonly string[]): string {
  for (const name of names) {
    const glued = words.shown.find((w) => w.startsWith(`--${name}=`))
    if (glued) return glued.slice(name.length + 3)
    const after = words.textAfter(new RegExp(`^--?${name}$`))
    if (after) return after
  }
  return ''
}

/** `busctl call NAME PATH INTERFACE METHOD`, `busctl set-property …`. */
const busctl: KnownCommand = (command) => {
  const { shown } = new Words(command.words)
  const plain = shown.filter((w) => !w.startsWith('-'))
  const at = plain.findIndex((w) => w === 'call' || w === 'set-property')
  if (at < 0) return starts(command)
  const [name, , face, method] = plain.slice(at + 1)
  return tellCall(command, [name, face, method])
}

/** `gdbus call --dest NAME --object-path PATH --method INTERFACE.METHOD`. */
const gdbus: KnownCommand = (command) => {
  const words = new Words(command.words)
  const method = optionOf(words, 'method', 'm')
  const name = optionOf(words, 'dest', 'd')
  if (!method && !name) return starts(command)
  const path = optionOf(words, 'object-path', 'o')
  return tellCall(command, [name, method || path])
}

/** `dbus-send --dest=NAME PATH INTERFACE.METHOD`. */
const dbusSend: KnownCommand = (command) => {
  const words = new Words(command.words)
  const method = words.shown.find((w) => /^[A-Za-z_][\w.]*\.\w+$/.test(w))
  return tellCall(command, [optionOf(words, 'dest'), method])
}

/** `qdbus NAME PATH METHOD`: the method with its interface, or without. */
const qdbus: KnownCommand = (command) => {
  const { shown } = new Words(command.words)
  const [name, , method] = shown.filter((w) => !w.startsWith('-'))
  return method ? tellCall(command, [name, method]) : starts(command)
}

export const busPrograms: Readonly<Record<string, KnownCommand>> = {
  busctl,
  gdbus,
  'dbus-send': dbusSend,
  qdbus,
  qdbus6: qdbus,
  'qdbus-qt5': qdbus,
}
