// V8 lets a heap grow to several times of what lives in it before it looks for garbage: hostile input makes much of that. Loaded before
// anything else; threads started later do the same.
import { setFlagsFromString } from 'node:v8'

/** How much garbage there may be beside what lives, in percent of it. */
const maxGarbagePercent = 50

setFlagsFromString(`--heap-growing-percent=${maxGarbagePercent}`)
