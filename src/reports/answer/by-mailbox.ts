import type { Scratch } from '../scratch.ts'
import { countOf, few, mailboxNamed } from '../words.ts'
import type { Whose } from './finding.ts'

const named = 10

/**
 * How many of the mails that were read are in which mailbox, where they are in several: first those that somebody else than their owner read, for an
 * insider reads mostly his own.
 */
export function byMailboxTexts(scratch: Pick<Scratch, 'query'>, whose: Whose): string[] {
  const rows = scratch.query<{ mailbox: string; mails: number }>(
    `select mailbox, count(*) as mails from read_item where item <> '' and ${whose === 'intruder' ? 'intruder' : 'displays'} > 0
    group by mailbox order by max(others <> '[]') desc, mails desc, mailbox`,
  )
  if (rows.length < 2) return []
  const told = rows.map(({ mailbox, mails }) => `${countOf(mails, 'mail')} of ${mailboxNamed(mailbox)}`)
  return [`By mailbox, those first that others than their owner read: ${few(told, named, '; ')}`]
}
