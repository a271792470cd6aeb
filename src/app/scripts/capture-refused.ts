// What was asked of captures cannot be: the root is not there, or the store would lie inside of evidence.
export class CaptureRefused extends Error {}
