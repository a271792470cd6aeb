/** Why a file is no baseline, in one line. */
export class UnusableBaseline extends Error {}
