/** A schedule that is not right, in one line; what is wrong was said as diagnostics. */
export class UnusableSchedule extends Error {}
