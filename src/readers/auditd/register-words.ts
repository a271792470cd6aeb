// Registers of a call in the words of `ausearch -i`, as the hex that the kernel writes: `O_WRONLY|O_CREAT` is 41.
// Which register of which call it interprets: audit-userspace, auparse/interpret.c, print_a0 to print_a3.

/** What cannot be told in hex stays as it is. */
export function registerOf(call: string, name: string, words: string): string {
  const hex = /^0x([0-9a-f]{1,16})$/i.exec(words)
  if (hex) return hex[1]!
  const number =
    call === 'kill' || call === 'tkill' || call === 'tgkill'
      ? signals.indexOf(words) + 1 || undefined
      : flagsOf(name === 'a0' ? directories : flags, words)
  return number === undefined ? words : number.toString(16)
}

function flagsOf(
  table: ReadonlyMap<string, number>,
  words: string,
): number | undefined {
  let all = 0
  for (const word of words.split('|')) {
    const octal = /^0[0-7]{0,6}$/.test(word)
    const bit = octal ? Number.parseInt(word, 8) : table.get(word)
    if (bit === undefined) return undefined
    all |= bit
  }
  return all >>> 0
}

/** AT_FDCWD is -100, of which the kernel shows the lower half. */
const directories: ReadonlyMap<string, number> = new Map([
  ['AT_FDCWD', 0xffff_ff9c],
])

// auparse/open-flagtab.h, of which those that later versions added are in asm-generic/fcntl.h; IPC_ and SHM_ flags of
// include/uapi/linux/ipc.h and shm.h.
const flags: ReadonlyMap<string, number> = new Map([
  ['O_RDONLY', 0],
  ['O_WRONLY', 0o1],
  ['O_RDWR', 0o2],
  ['O_CREAT', 0o100],
  ['O_EXCL', 0o200],
  ['O_NOCTTY', 0o400],
  ['O_TRUNC', 0o1000],
  ['O_APPEND', 0o2000],
  ['O_NONBLOCK', 0o4000],
  ['O_DSYNC', 0o1_0000],
  ['O_SYNC', 0o1_0000],
  ['O_ASYNC', 0o2_0000],
  ['O_DIRECT', 0o4_0000],
  ['O_LARGEFILE', 0o10_0000],
  ['O_DIRECTORY', 0o20_0000],
  ['O_NOFOLLOW', 0o40_0000],
  ['O_NOATIME', 0o100_0000],
  ['O_CLOEXEC', 0o200_0000],
  ['O_PATH', 0o1000_0000],
  ['O_TMPFILE', 0o2020_0000],
  ['IPC_CREAT', 0o1000],
  ['IPC_EXCL', 0o2000],
  ['IPC_NOWAIT', 0o4000],
  ['SHM_HUGETLB', 0o4000],
  ['SHM_NORESERVE', 0o1_0000],
])

/** In order from 1: include/uapi/asm-generic/signal.h. */
const signals = `
SIGHUP SIGINT SIGQUIT SIGILL SIGTRAP SIGABRT SIGBUS SIGFPE SIGKILL SIGUSR1
SIGSEGV SIGUSR2 SIGPIPE SIGALRM SIGTERM SIGSTKFLT SIGCHLD SIGCONT SIGSTOP
SIGTSTP SIGTTIN SIGTTOU SIGURG SIGXCPU SIGXFSZ SIGVTALRM SIGPROF SIGWINCH
SIGIO SIGPWR SIGSYS`
  .trim()
  .split(/\s+/)
