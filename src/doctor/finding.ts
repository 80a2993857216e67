/** What was looked at, how it is, what that means, and what to do. */
export interface Finding {
  readonly area: string
  readonly subject: string
  readonly level: 'ok' | 'warning' | 'problem'
  readonly text: string
}
