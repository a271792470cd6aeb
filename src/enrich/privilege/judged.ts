// What is said of a privilege.
export type Privilege = 'low' | 'user' | 'high' | 'service' | 'system'

export interface Judged {
  readonly privilege: Privilege | 'unknown'
  readonly reason: string
}
