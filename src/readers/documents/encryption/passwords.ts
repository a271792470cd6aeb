// Which passwords are tried? Those that Office itself tries in silence, so that a document opens without a question: malicious
// documents are encrypted with them to pass scanners.
export const silentPasswords: readonly string[] = ['VelvetSweatshop']
