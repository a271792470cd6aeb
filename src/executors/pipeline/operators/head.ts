// head: the first rows, by number or while a condition holds.
import { rowExpression } from '../expression.ts'
import { truth } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const head: OperatorDefinition<'head'> = {
  start(op, emit, { now }) {
    const condition = op.while && rowExpression(op.while, now)
    let count = 0
    let done = op.count === 0
    return {
      get done() {
        return done
      },
      push(row) {
        if (done) return
        if (condition) {
          const holds = truth(condition(row))
          if (holds === false || (holds === null && !op.passNull)) {
            done = true
            if (op.keepLast) emit(row)
            return
          }
        }
        emit(row)
        if (op.count !== undefined && ++count >= op.count) done = true
      },
    }
  },
}
