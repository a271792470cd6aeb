// What the commands of a shell say one behind the other: that is what stands for them in `$(…)`, and what goes through a pipe.
import type { Budget } from '../budget.ts'
import type { Node } from '../syntax/node.ts'
import { concat, holed, type Value, withVia } from './value.ts'

/** Commands that say nothing. */
const silent = new Set(
  ': cd export declare local readonly typeset set shift unset read mapfile readarray mkdir rm rmdir chmod chown touch sleep true false test [ [[ exec trap wait kill mkfifo mknod alias umask ulimit let return exit break continue eval source . cp mv ln'.split(
    ' ',
  ),
)

/** Values of one block. */
const maxSaid = 1_000

export class Said {
  readonly #texts: Value[] = []
  #isOpen = false

  add(node: Node, value: Value): void {
    if (node.kind === 'assign' || node.kind === 'define') return
    if (value.kind === 'text' && this.#texts.length < maxSaid) {
      if (value.text !== '') this.#texts.push(value)
    } else if (!isSilent(node)) this.#isOpen = true
  }

  /** `last`: what the last of them came to. */
  all(last: Value, budget: Budget): Value {
    const isLast = this.#texts.at(-1) === last
    if (this.#texts.length > 1) {
      const made = concat(this.#texts, budget)
      return this.#isOpen ? withVia(made, made.via | holed) : made
    }
    const [only] = this.#texts
    if (!only || !(isLast || !this.#isOpen)) return last
    return this.#isOpen ? withVia(only, only.via | holed) : only
  }
}

function isSilent(node: Node): boolean {
  if (node.kind !== 'command') return false
  const [first] = node.words
  return first?.kind === 'text' && silent.has(first.value)
}
