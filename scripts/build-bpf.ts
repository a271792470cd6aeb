// Compiles the kernel's side of the eBPF sensor for each architecture: `tsx scripts/build-bpf.ts` writes the objects, `--check DIR` only says
// whether those that are committed are what the sources give (with the compiler of Debian 12; another gives other bytes).
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = join('src', 'sensors', 'ebpf')
/** As Node and as libbpf's headers call an architecture. */
const architectures = { x64: 'x86', arm64: 'arm64' } as const

/** undefined: there is no compiler, or no headers of libbpf. */
export function bpfCompiler(): string | undefined {
  const { status, stdout } = spawnSync('clang', ['--version'], {
    encoding: 'utf8',
  })
  if (status !== 0) return undefined
  const headers = spawnSync('clang', ['-fsyntax-only', '-xc', '-'], {
    input: '#include <bpf/bpf_helpers.h>\n',
    encoding: 'utf8',
  })
  // It needs types of the kernel before it: that they are what is missed says that it is there.
  if (/file not found/.test(headers.stderr)) return undefined
  return stdout.split('\n')[0]
}

export function buildObjects(into: string): void {
  const sources = readdirSync(folder).filter((f) => f.endsWith('.bpf.c'))
  for (const source of sources) {
    for (const [name, target] of Object.entries(architectures)) {
      const object = join(into, source.replace('.bpf.c', `-${name}.bpf.o`))
      compile(join(folder, source), object, target)
    }
  }
}

function compile(source: string, object: string, target: string): void {
  const headers = execFileSync('gcc', ['-print-multiarch'], {
    encoding: 'utf8',
  })
  execFileSync(
    'clang',
    [
      '-O2',
      '-g',
      '-Wall',
      '-Werror',
      '-target',
      'bpf',
      `-D__TARGET_ARCH_${target}`,
      `-I/usr/include/${headers.trim()}`,
      // No path of the machine that compiled it.
      '-fdebug-compilation-dir=.',
      '-c',
      source,
      '-o',
      object,
    ],
    { stdio: 'inherit' },
  )
  execFileSync('llvm-strip', ['-g', object])
}

/** Names of objects that are not what the sources give. */
export function staleObjects(): string[] {
  const made = mkdtempSync(join(tmpdir(), 'ipcwatch-bpf-'))
  try {
    buildObjects(made)
    return readdirSync(made).filter((name) => {
      const now = readFileSync(join(made, name))
      return !now.equals(readFileSync(join(folder, name)))
    })
  } finally {
    rmSync(made, { recursive: true })
  }
}

if (process.argv[1]?.endsWith('build-bpf.ts')) buildObjects(folder)
