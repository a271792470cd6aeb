// Which passwords are tried? Those that Office itself tries in silence, so that a document opens without a question: malicious
// documents are encrypted with them to pass scanners.
export const silentPasswords: readonly string[] = [
  'VelvetSweatshop',
  // Of PowerPoint, for presentations that are locked against changes (MS-PPT 2.4.1, DocumentAtom).
  '/01Hannes Ruescher/01',
]
