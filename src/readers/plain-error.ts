// What a failed call of the file system is to a person.
import { messageOf } from './containers/member.ts'

const plainErrors: { readonly [code: string]: string } = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'a folder where a file was expected',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
}

export function plainError(error: unknown): string {
  const code = (error as NodeJS.ErrnoException)?.code
  return (code && plainErrors[code]) || messageOf(error)
}
