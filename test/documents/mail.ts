// Mail made by hand, as it is sent and as Outlook keeps it: for tests.
import { compoundOf } from './compound.ts'

export interface MailPart {
  readonly name: string
  readonly data: Buffer
  readonly type?: string
}

export function emlOf(
  attachments: readonly MailPart[],
  body = 'Hello\r\n',
  boundary = '=_part',
): Buffer {
  const parts = attachments.map(
    ({ name, data, type = 'application/octet-stream' }) =>
      `Content-Type: ${type}; name="${name}"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\n${lines(data.toString('base64'))}`,
  )
  const all = [
    `Content-Type: text/plain; charset=utf-8\r\n\r\n${body}`,
    ...parts,
  ]
  return Buffer.from(
    `From: Ana <ana@example.test>\r\nTo: bo@example.test\r\nSubject: =?utf-8?Q?R=C3=A9sum=C3=A9?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary="${boundary}"\r\n\r\npreamble\r\n${all.map((p) => `--${boundary}\r\n${p}\r\n`).join('')}--${boundary}--\r\n`,
  )
}

const lines = (text: string) => text.replace(/.{76}/g, '$&\r\n')

const wide = (text: string) => Buffer.from(text, 'utf16le')

export function msgOf(
  attachments: readonly MailPart[],
  body = 'Hello',
): Buffer {
  const streams: Record<string, Buffer> = {
    '__properties_version1.0': Buffer.alloc(32),
    '__substg1.0_0037001F': wide('Résumé'),
    '__substg1.0_1000001F': wide(body),
  }
  attachments.forEach(({ name, data }, i) => {
    const at = `__attach_version1.0_#${String(i).padStart(8, '0')}`
    streams[`${at}/__properties_version1.0`] = Buffer.alloc(8)
    streams[`${at}/__substg1.0_3707001F`] = wide(name)
    streams[`${at}/__substg1.0_37010102`] = data
  })
  return compoundOf({ streams })
}
