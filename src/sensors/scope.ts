// Of which processes does a sensor tell? Of all; of one process and what it starts; or of a control group. Sensors that can ask the kernel
// for these alone do so; the process table knows for the others.

export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'tree'; readonly pid: number }
  /** As in /proc/PID/cgroup: `/system.slice/nginx.service`. */
  | { readonly kind: 'group'; readonly path: string }

export const everything: Scope = { kind: 'all' }

/** `pid:4242` or `cgroup:/system.slice/x.service`; undefined: neither. */
export function readScope(text: string): Scope | undefined {
  const [, pid] = /^pid:([1-9]\d{0,9})$/.exec(text) ?? []
  if (pid !== undefined) return { kind: 'tree', pid: Number(pid) }
  const [, path] = /^cgroup:(\/\S{0,4096})$/.exec(text) ?? []
  return path === undefined ? undefined : { kind: 'group', path }
}

export function scopeText(scope: Scope): string {
  switch (scope.kind) {
    case 'all':
      return 'all'
    case 'tree':
      return `pid:${scope.pid}`
    case 'group':
      return `cgroup:${scope.path}`
  }
}

/** Is a control group that one, or below it? */
export function isWithin(path: string | undefined, group: string): boolean {
  const top = group.replace(/\/$/, '')
  return path === top || path === group || !!path?.startsWith(`${top}/`)
}
