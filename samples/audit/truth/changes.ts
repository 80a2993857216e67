import type { Evidence } from '../evidence.ts'
import type { Category } from '../fact.ts'
import { countBy, iso, mapBy } from './counting.ts'

const lists: Category[] = ['rule', 'forward', 'permission', 'consent', 'account', 'admin', 'share', 'alert']

/** Every change, one by one, in the words a report needs. */
export function changeTruth({ told }: Evidence) {
  return Object.fromEntries(
    lists.map((category) => [
      category,
      told
        .filter(({ fact }) => fact.category === category)
        .map(({ time, record, fact }) => ({
          time: iso(time),
          operation: record.Operation,
          actor: fact.actor,
          user: fact.user,
          // Services of Entra and of Defender write under names of their own.
          ...(record.UserId.toLowerCase() !== fact.user && { loggedAs: record.UserId }),
          ip: fact.ip,
          session: fact.session,
          ...fact.detail,
        })),
    ]),
  )
}

/** Every search, by whom and from where, with its text. */
export function searchTruth({ told }: Evidence) {
  const searches = told.flatMap(({ time, record, fact }) => {
    const { search, actor, user, ip, session } = fact
    return search === undefined
      ? []
      : [{ time: iso(time), operation: record.Operation, actor, user, ip, session, ...search }]
  })
  return {
    records: searches.length,
    byOperation: countBy(searches, ({ operation }) => operation),
    byActor: countBy(searches, ({ actor }) => actor),
    list: searches,
  }
}

/** What was done with files, and which ones the intruder downloaded. */
export function fileTruth({ told }: Evidence) {
  const used = told.filter(({ fact }) => fact.file !== undefined)
  const downloads = used.filter(
    ({ fact, record }) => fact.actor === 'intruder' && record.Operation === 'FileDownloaded',
  )
  return {
    byActor: mapBy(
      used,
      ({ fact }) => fact.actor,
      (group) => countBy(group, ({ record }) => record.Operation),
    ),
    downloadedByIntruder: downloads.map(({ time, fact }) => ({
      time: iso(time),
      user: fact.user,
      file: fact.file?.name,
    })),
  }
}
