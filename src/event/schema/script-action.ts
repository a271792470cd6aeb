// What a script does, as its text says.
import { field, group } from './field.ts'

export const scriptActionFields = group('script action', {
  ScriptLanguage: field(
    'text',
    'language that the script is written in',
    'vbscript',
    'script',
  ),
  ScriptHash: field(
    'text',
    'SHA-256 of the bytes of the script',
    '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'script',
  ),
  ScriptOrigin: field(
    'text',
    'where it lay: file, document, block (of a log), command line, captured',
    'file',
    'script',
  ),
  ScriptActions: field(
    'list',
    'kinds of all actions of the script',
    'com',
    'script',
  ),
  ScriptLimits: field(
    'list',
    'what of it is not followed, since a bound was reached',
    'over 200000 steps, the rest is not followed',
    'script',
  ),
  ActionKind: field(
    'text',
    'what is done: script (it is there), com, wmi, pipe_server, pipe_client, pipe_impersonation, socket_server, socket_client, fifo, dbus, xpc, apple_event, prompt, dde, shared_memory, process_access, enable, disable, connect, listen, start, evaluate, load, write, registry, install, container_request, piped_script, pipe_commands, memory_commands, network_shell',
    'pipe_server',
    'script',
  ),
  ActionTarget: field(
    'text',
    'on what: class, pipe, socket, name and method, address, command line, setting',
    '\\evil',
    'script',
  ),
  ActionText: field(
    'text',
    'the statement, in the script that it stands in',
    'IEX $code',
    'script',
  ),
  ActionSource: field(
    'text',
    'what stands at this place of the original',
    'exec(b64decode("aWQ="))',
    'script',
  ),
  ActionOffset: field(
    'number',
    'first byte of that place in the original',
    120,
    'script',
  ),
  ActionLength: field('number', 'length of that place in bytes', 34, 'script'),
  ActionHost: field(
    'text',
    'other host on which it happens',
    'dc01.corp.example',
    'script',
  ),

  ActionEntry: field(
    'text',
    'procedure that starts by itself, from which this is reached: opening the document is enough',
    'Document_Open',
    'script',
  ),
  ActionLanguage: field(
    'text',
    'language of the script inside in which it stands',
    'powershell',
    'script',
  ),
  ActionDepth: field(
    'number',
    'how many scripts it is wrapped in',
    2,
    'script',
  ),
})
