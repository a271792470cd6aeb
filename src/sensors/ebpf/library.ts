// The distribution's libbpf, called through koffi: it loads the object, fits it to the running kernel, attaches it, and reads its rings.
// What was attached goes with the process. Source: libbpf's API documentation (libbpf.h, bpf.h), version 1.
import { native } from '../native.ts'

export type Handle = unknown

export interface Libbpf {
  /** 0 or more: done; negative: an error number. */
  open(path: string): Handle | undefined
  load(object: Handle): number
  programs(object: Handle): readonly Handle[]
  nameOf(program: Handle): string
  attach(program: Handle): Handle | undefined
  detach(link: Handle): void
  close(object: Handle): void
  /** Negative: there is none. */
  mapFd(object: Handle, name: string): number
  /** The object has that map of another in place of its own; before it is loaded. false: it has none of that name. */
  shareMap(object: Handle, name: string, fd: number): boolean
  setMap(fd: number, key: Buffer, value: Buffer): number
  readMap(fd: number, key: Buffer, value: Buffer): number
  processors(): number
  /** One reader of several rings. */
  rings(
    fds: readonly number[],
    take: (bytes: Buffer) => void,
  ): { consume(): number; close(): void } | undefined
  errno(): number
}

let opened: Libbpf | undefined

/** Throws where it is not installed. */
export function openLibbpf(): Libbpf {
  opened ??= load()
  return opened
}

function load(): Libbpf {
  const koffi = native()
  if (!koffi) throw new Error('koffi is not there')
  const lib = koffi.load('libbpf.so.1')
  const f = (signature: string) => lib.func(signature)
  // Its own messages would stand among the lines of the sensor.
  f('void* libbpf_set_print(void*)')(null)
  const next = f('void* bpf_object__next_program(void*, void*)')
  const mapFd = f('int bpf_object__find_map_fd_by_name(void*, const char*)')
  const mapOf = f('void* bpf_object__find_map_by_name(void*, const char*)')
  const reuse = f('int bpf_map__reuse_fd(void*, int)')
  const openFile = f('void* bpf_object__open_file(const char*, void*)')
  const attach = f('void* bpf_program__attach(void*)')
  return {
    open: (path) => openFile(path, null) ?? undefined,
    load: f('int bpf_object__load(void*)'),
    programs(object) {
      const all: Handle[] = []
      for (let p = next(object, null); p; p = next(object, p)) all.push(p)
      return all
    },
    nameOf: f('const char* bpf_program__name(void*)'),
    attach: (program) => attach(program) ?? undefined,
    detach: f('int bpf_link__destroy(void*)'),
    close: f('void bpf_object__close(void*)'),
    mapFd,
    shareMap(object, name, fd) {
      const map = mapOf(object, name)
      return map ? reuse(map, fd) >= 0 : false
    },
    setMap: withFlags(
      f('int bpf_map_update_elem(int, uint8_t*, uint8_t*, uint64_t)'),
    ),
    readMap: f('int bpf_map_lookup_elem(int, uint8_t*, _Out_ uint8_t*)'),
    processors: f('int libbpf_num_possible_cpus()'),
    rings: ringsOf(koffi, lib),
    errno: () => koffi.errno(),
  }
}

function withFlags(
  update: (fd: number, key: Buffer, value: Buffer, flags: number) => number,
): Libbpf['setMap'] {
  return (fd, key, value) => update(fd, key, value, 0)
}

function ringsOf(
  koffi: NonNullable<ReturnType<typeof native>>,
  lib: ReturnType<NonNullable<ReturnType<typeof native>>['load']>,
): Libbpf['rings'] {
  const sample = koffi.proto('int ring_sample(void*, void*, size_t)')
  const pointer = koffi.pointer(sample)
  const create = lib.func('ring_buffer__new', 'void*', [
    'int',
    pointer,
    'void*',
    'void*',
  ])
  const add = lib.func('ring_buffer__add', 'int', [
    'void*',
    'int',
    pointer,
    'void*',
  ])
  const consume = lib.func('int ring_buffer__consume(void*)')
  const free = lib.func('void ring_buffer__free(void*)')
  return (fds, take) => {
    const callback = koffi.register(
      (_: unknown, data: unknown, size: number | bigint) => {
        take(Buffer.from(koffi.view(data, Number(size))))
        return 0
      },
      pointer,
    )
    const [first, ...others] = fds
    const ring: Handle = create(first!, callback, null, null)
    if (!ring) return undefined
    for (const fd of others) {
      if (add(ring, fd, callback, null) < 0) return undefined
    }
    return {
      consume: () => consume(ring),
      close: () => {
        free(ring)
        koffi.unregister(callback)
      },
    }
  }
}
