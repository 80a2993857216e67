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

/** Counts of activities that come in time order: the same hour may stand there several times. */
export interface HourCounts {
  readonly rows: readonly HourCount[]
  count(activity: ReportedActivity): void
}

/** Counts nothing yet. */
export function newHourCounts(): HourCounts {
  const rows: HourCount[] = []
  let current = new Map<string, HourCount>()
  let prefix = ''
  let latest: HourCount | undefined // Nearly always the next one is of the same hour and mailbox.
  return {
    rows,
    count({ document }) {
      const at = document['@timestamp']
      const mailbox = document['hoofprint.mailbox'] ?? ''
      const dataset = document['event.dataset'] ?? ''
      if (!at.startsWith(prefix) || prefix === '') {
        prefix = at.slice(0, 13)
        current = new Map()
        latest = undefined
      }
      if (latest === undefined || latest.mailbox !== mailbox || latest.dataset !== dataset) {
        const key = `${dataset} ${mailbox}`
        latest = current.get(key)
        if (latest === undefined) {
          latest = { mailbox, dataset, hour: Math.floor(Date.parse(at) / hourMs), count: 0 }
          current.set(key, latest)
          rows.push(latest)
        }
      }
      latest.count += 1
    },
  }
}
