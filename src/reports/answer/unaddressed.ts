import type { Scratch } from '../scratch.ts'
import { countOf, number } from '../words.ts'

/** Of which mails that were sent no record says to whom: Exchange's records of sending name nobody, only message traces do. */
export function unaddressedTexts(scratch: Pick<Scratch, 'query'>, isOf: string): string[] {
  const [sent = { mails: 0, unaddressed: 0 }] = scratch.query<{ mails: number; unaddressed: number }>(
    `select count(*) as mails, coalesce(sum(detail is null), 0) as unaddressed from fact
    where category = 'send' and operation in ('Send', 'SendAs', 'SendOnBehalf') and outcome is not 'failure' and ${isOf}`,
  )
  const { mails, unaddressed } = sent
  if (unaddressed === 0) return []
  return [
    `To whom ${number(unaddressed)} of ${countOf(mails, 'sent mail')} went no record here says: records of sending seldom do, message traces of their days would.`,
  ]
}
