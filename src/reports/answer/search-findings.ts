import type { Scratch } from '../scratch.ts'
import { followed, isTypedRow } from '../search-steps.ts'
import { countOf } from '../words.ts'
import { findingOf, isOf } from './fact-findings.ts'
import { type Found, mostFindings, type Whose } from './finding.ts'

/** What was searched for, each with what was read within ten minutes. */
export function searchFindings(scratch: Scratch, whose: Whose): Found {
  const from = `from search join fact on fact.rowid = search.place where ${isOf(whose)}`
  const total = scratch.count(`select 1 ${from}`)
  const rows = scratch.query<Readonly<Record<string, string | number | null>>>(
    `select fact.*, detail as query, search.typed, ${followed.mails} as read,
    ${followed.subjects} as subjects ${from} order by place limit ${mostFindings[whose]}`,
  )
  const findings = rows.map((row) => {
    const { query, operation, read } = row
    const followed = Number(read) === 0 ? null : `${countOf(Number(read), 'mail')} read within ten minutes`
    const finding = findingOf(row, [
      query === null ? `${operation}, in words that were not recorded` : `"${query}"`,
      followed,
    ])
    return isTypedRow(row) ? { ...finding, text: `typed, not sent: ${finding.text}` } : finding
  })
  return { total, findings }
}
