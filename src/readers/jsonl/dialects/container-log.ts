// What a container wrote, a line a record. Long lines come in pieces: Docker's json-file driver cuts at 16 KiB, and only the
// last piece ends with a line break; its journald and fluentd drivers mark all but the last.
// Sources: Docker documentation, "JSON File logging driver", "Journald logging driver", "Fluentd logging driver".
import { textOrEmpty } from '../../flat/written-by.ts'
import type { Dialect, Names, Piece, Values } from '../dialect.ts'

export const containerLog: Dialect = {
  name: 'container log JSON',
  recognises: (names) => pieceOf(names) !== undefined,
  plan: (names) => pieceOf(names)!,
}

function pieceOf(names: Names): Piece | undefined {
  if (names.hasAll('log', 'partial_message')) return fluentd(names)
  if (names.hasAll('log', 'stream', 'time')) return jsonFile(names)
  return names.hasAll('MESSAGE', 'CONTAINER_ID') ? journald(names) : undefined
}

function jsonFile(names: Names): Piece {
  const [text, stream] = [names.indexOf('log'), names.indexOf('stream')]
  return {
    kind: 'piece',
    text: 'log',
    stream: (values) => textOrEmpty(values[stream]),
    isOpen: (values) => (isEnded(values[text]) ? false : 'unsure'),
  }
}

function isEnded(value: Values[number] | undefined): boolean {
  return typeof value !== 'string' || value.endsWith('\n')
}

function fluentd(names: Names): Piece {
  const id = names.firstOf('partial_id', 'container_id')
  const last = names.indexOf('partial_last')
  const partial = names.indexOf('partial_message')
  return {
    kind: 'piece',
    text: 'log',
    stream: (values) => textOrEmpty(values[id]),
    isOpen: (values) =>
      isTrue(values[partial]) && !(last >= 0 && isTrue(values[last])),
  }
}

function journald(names: Names): Piece {
  const container = names.indexOf('CONTAINER_ID')
  const partial = names.indexOf('CONTAINER_PARTIAL_MESSAGE')
  return {
    kind: 'piece',
    text: 'MESSAGE',
    stream: (values) => textOrEmpty(values[container]),
    isOpen: (values) => partial >= 0 && isTrue(values[partial]),
  }
}

function isTrue(value: Values[number] | undefined): boolean {
  return textOrEmpty(value).toLowerCase() === 'true'
}
