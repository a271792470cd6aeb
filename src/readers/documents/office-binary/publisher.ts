// A publication of Publisher (.pub): where its links lead. Its format is not published; of its fields
// (https://learn.microsoft.com/office/vba/api/publisher.pbfieldtype) only links reach out of it, and their addresses lie in the stream of its
// texts. Macros and objects lie in it as in any compound file.
import { Addresses } from './addresses.ts'
import type { OpenedCompound } from './opened.ts'

export function readPublisher(
  { file, writer }: OpenedCompound,
  path: string,
): void {
  const stream = file.read(path)
  new Addresses(writer, path).tell(stream, true, (at) =>
    file.offsetOf(stream, at),
  )
}
