// Who may do what? A security descriptor says it in bytes (self-relative, [MS-DTYP] 2.4.6) or in text (SDDL, 2.5.1); both are read into this.

export interface AccessEntry {
  readonly kind: 'allow' | 'deny'
  readonly sid: string
  readonly mask: number
}

export interface Descriptor {
  readonly owner?: string
  readonly group?: string
  /** Undefined: there is no list, which allows everything to everybody ([MS-DTYP] 2.4.6: a NULL DACL). */
  readonly entries: readonly AccessEntry[] | undefined
}

/** Read as far as it goes; `fault` says what ended it. */
export interface ReadDescriptor {
  readonly descriptor?: Descriptor
  readonly fault?: string
}

/** More in one list is no list that Windows makes: it is at most 64 KiB. */
export const maxEntries = 4096
