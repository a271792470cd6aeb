// Where does a page lie?
export interface PagePlace {
  /** Of what it lies in. */
  readonly part: string
  /** Where it begins there, in bytes. */
  readonly offset?: number
}
