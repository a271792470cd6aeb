// Which control group, and which container, is behind the number by which the kernel calls a group? Asked of /proc once for each number.
import { Recent } from '../../base/recent.ts'

import { groupOf, type ProcessView } from './process-view.ts'

type Group = Pick<ProcessView, 'container' | 'controlGroup'>

const maxGroups = 10_000

export class ControlGroups {
  readonly #known = new Recent<Group>(maxGroups)

  /** `pid`: a process in it, now. Nothing where it is gone already. */
  of(id: bigint, pid: number): Partial<Group> {
    const key = String(id)
    const known = this.#known.get(key)
    if (known) return known
    try {
      const group = groupOf(`/proc/${pid}`)
      // Where only the older hierarchies are in use, all processes are in the root of the unified one.
      if (group.controlGroup !== '/') this.#known.set(key, group)
      return group
    } catch {
      return {}
    }
  }
}
