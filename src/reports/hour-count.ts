import { foundOrMade } from '../remember.ts'
import type { ReportedActivity } from './reported-activity.ts'

export const hourMs = 3_600_000

/** How much one dataset shows of one mailbox in one hour. */
export interface HourCount {
  readonly mailbox: string
  readonly dataset: string
  /** Hours since 1970. */
  readonly hour: number
  count: number
}

/** In the order of the columns of the `hour` table. */
export const hourColumns = ['mailbox', 'dataset', 'hour', 'count'] as const satisfies readonly (keyof HourCount)[]

/** Counts an activity among those of its slice. */
export function countHour(counts: Map<string, HourCount>, { document }: ReportedActivity): void {
  const at = document['@timestamp']
  const mailbox = document['hoofprint.mailbox'] ?? ''
  const dataset = document['event.dataset'] ?? ''
  const begin = () => ({ mailbox, dataset, hour: Math.floor(Date.parse(at) / hourMs), count: 0 })
  foundOrMade(counts, `${at.slice(0, 13)} ${dataset} ${mailbox}`, begin).count += 1
}
