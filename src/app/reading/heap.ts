// V8 lets a heap grow to several times of what lives in it before it looks for garbage: hostile input makes much of that. Looking more often
// costs a tenth of an ordinary scan's time, so it is done where memory is used. Loaded before anything else; what is set holds for all threads.
import { memoryUsage } from 'node:process'
import { setFlagsFromString } from 'node:v8'

/** How much garbage there may be beside what lives, in percent of it. */
const maxGarbagePercent = 100
/** The same, once the process takes more than `muchMemory`. */
const tightGarbagePercent = 50
/** Bytes resident of the whole process. */
const muchMemory = 224 * 1024 * 1024

let isTight = false

setMaxGarbage(maxGarbagePercent)

/** Call every few megabytes that are read: costs microseconds. */
export function watchMemory(): void {
  if (isTight || memoryUsage.rss() < muchMemory) return
  isTight = true
  setMaxGarbage(tightGarbagePercent)
}

function setMaxGarbage(percent: number): void {
  setFlagsFromString(`--heap-growing-percent=${percent}`)
}
