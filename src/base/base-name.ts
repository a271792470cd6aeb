// What is a file called, without where it lies? In the words of any system, and within archives.

/** The last part of a path of any system, or of an archive's member. */
export function baseName(file: string): string {
  const at = Math.max(
    file.lastIndexOf('/'),
    file.lastIndexOf('\\'),
    file.lastIndexOf('!'),
  )
  return file.slice(at + 1)
}
