import { dayMs, hourMs } from '../../time/time.ts'
import type { DatasetAnswer } from '../completeness.ts'
import { minute } from '../coverage/check.ts'
import { datasetLabel } from '../datasets.ts'
import type { Scratch } from '../scratch.ts'
import { isInferred } from '../sureness.ts'

/** Of which time of the marked intruder's the evidence, or one of its logs, tells nothing. */
export function uncoveredTexts(scratch: Pick<Scratch, 'query'>, datasets: readonly DatasetAnswer[]): string[] {
  return [...earlier(scratch, datasets), ...outside(scratch, datasets)]
}

/**
 * What the intruder may have done before the evidence begins, where he is there as the log begins that shows him first. What is only inferred
 * counts where nothing says more: in a session that was stolen it is its owner who is there from the beginning.
 */
function earlier(scratch: Pick<Scratch, 'query'>, datasets: readonly DatasetAnswer[]): string[] {
  const [his] = scratch.query<{ dataset: string; first: string }>(
    `select dataset, first from usage where marked = 'intruder' order by ${isInferred}, first limit 1`,
  )
  const log = datasets.find(({ dataset }) => dataset === his?.dataset)
  if (his === undefined || log === undefined || Date.parse(his.first) >= log.first + dayMs) return []
  return [
    `The first of what is the marked intruder's, ${minute(Date.parse(his.first))}, is of the first 24 hours of ${datasetLabel(log.dataset)} in this evidence: what he did before is not known.`,
  ]
}

/**
 * Logs that begin after him, or end before him: their silence says nothing. A day more or less may be the log's own, for not every hour has records.
 * What is only inferred counts where nothing says more.
 */
function outside(scratch: Pick<Scratch, 'query'>, datasets: readonly DatasetAnswer[]): string[] {
  const [his] = scratch.query<{ first: string; last: string }>(
    `select min(first) as first, max(last) as last from usage where marked = 'intruder' group by ${isInferred} order by ${isInferred} limit 1`,
  )
  if (his === undefined) return []
  const [begin, end] = [Date.parse(his.first), Date.parse(his.last)]
  const why = 'not recorded, or not exported.'
  return datasets.flatMap(({ dataset, first, last }) => {
    const label = datasetLabel(dataset)
    return [
      ...(first <= begin + dayMs
        ? []
        : [
            `${label}: no record here is of before ${minute(first)}, and what is the marked intruder's begins ${minute(begin)}: ${why}`,
          ]),
      ...(last + hourMs >= end - dayMs
        ? []
        : [
            `${label}: no record here is of after ${minute(last)}, and what is the marked intruder's ends ${minute(end)}: ${why}`,
          ]),
    ]
  })
}
