import type { Answers } from './answers.ts'

export const hourMs = 3_600_000

/** How much was seen of each mailbox in which hours: mailbox → hour such as `2018-06-20T09` → count, in time order. */
export function activeHours({ hours }: Pick<Answers, 'hours'>): Map<string, Map<string, number>> {
  const mailboxes = new Map<string, Map<string, number>>()
  for (const key of Object.keys(hours).toSorted()) {
    const border = key.lastIndexOf(' ')
    const mailbox = key.slice(0, border)
    const seen = mailboxes.get(mailbox) ?? new Map<string, number>()
    mailboxes.set(mailbox, seen.set(key.slice(border + 1), hours[key] ?? 0))
  }
  return mailboxes
}
