// A check: what ought to be so on a host, how that is seen, why it matters, and how it is made so and undone. Content, not code: a file each
// below content/posture.
import type { Platform } from '../facts/facts.ts'
import type { Expectation } from './expect.ts'

export type Status = 'pass' | 'fail' | 'unknown' | 'not applicable'

export const statuses: readonly Status[] = [
  'fail',
  'unknown',
  'pass',
  'not applicable',
]

/** `HKLM\SOFTWARE\Microsoft\Ole!EnableDCOM`; segments of the key may be `{name}`. */
export interface Address {
  readonly key: string
  readonly name: string
}

/** A setting as reports of group policy name it, with what it makes of the value. */
export interface PolicyName {
  readonly name: string
  readonly enabled: string | number
  readonly disabled: string | number
}

export interface Condition {
  readonly look: Address
  readonly expect: readonly Expectation[]
}

export interface Remedy {
  readonly command?: string
  readonly policy?: string
}

export interface Check {
  readonly id: string
  readonly title: string
  readonly platform: Platform
  /** Where it is seen, in words: registry, sysctl, systemd, ... */
  readonly source: string
  /** ATT&CK, the first one foremost. */
  readonly mitigations: readonly string[]
  readonly techniques: readonly string[]
  /** Keys of which each is judged for itself. */
  readonly each?: string
  /** Which of them are meant. */
  readonly when: readonly Condition[]
  /** The first one that is set decides. */
  readonly look: readonly Address[]
  /** Whether nothing set is known where all places were looked at, or one that speaks for all. */
  readonly covers: 'all' | 'any'
  readonly gpo?: PolicyName
  readonly expect: readonly Expectation[]
  readonly absent: {
    readonly is: Status
    readonly because: string
    /** In place of the check's own, where that mends only what is set. */
    readonly remedy?: Remedy
    readonly undo?: string
  }
  readonly why: string
  readonly remedy: Remedy
  readonly undo: string
  readonly reference: string
  readonly evidence: readonly CheckEvidence[]
  readonly file: string
}

/** Dumps in their true format, and what the check says of them. */
export interface CheckEvidence {
  readonly is: Status
  /** Name -> text, or `hex:` and bytes. */
  readonly files: Readonly<Record<string, string>>
  /** The files lie where they would in a mounted image. */
  readonly root: boolean
}

/** Mitigations of T1559: ATT&CK. */
export const mitigationNames: Readonly<Record<string, string>> = {
  M1042: 'Disable or Remove Feature or Program',
  M1054: 'Software Configuration',
  M1048: 'Application Isolation and Sandboxing',
  M1026: 'Privileged Account Management',
  M1040: 'Behavior Prevention on Endpoint',
  M1013: 'Application Developer Guidance',
}
