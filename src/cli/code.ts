// All of the program, behind the two doors that processes and threads come in by. What is shipped has it as one script beside what V8 made of
// it (`compiled-code.ts`), written from this file by `scripts/bundle.ts`.
export interface Code {
  /** What the command line asks for, to its end. */
  readonly program: () => Promise<void>
  /** What a thread does: it takes orders as soon as this has ended. */
  readonly thread: () => Promise<void>
}

export async function program(): Promise<void> {
  const { run } = await import('./program.ts')
  await run()
}

export async function thread(): Promise<void> {
  await import('../app/pool/worker.ts')
}
