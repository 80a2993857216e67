import type { DatabaseSync } from 'node:sqlite'
import { listQuery } from '../query.ts'

/** Whether a search is what had been typed at a key stroke, in SQL: Outlook's SearchSuggestionDisplay, or SearchSuggestionsDisplay. */
export const isTyped = `operation like 'SearchSuggestion%Display'`
/** The same of a row. */
export function isTypedRow({ operation }: Readonly<Record<string, unknown>>): boolean {
  return /^SearchSuggestions?Display$/.test(String(operation))
}

/** From the last key stroke to the query; who types on has come to something else. */
const typingMs = 5 * 60_000
/** What is read so soon after a search may be what it found. */
const followMinutes = 10
const subjectsTold = 5

/** What a search was, as SQLite gives it. */
type SearchFact = [place: number, at: string, trail: string, isTyped: number, query: string | null]

/** Key strokes that may still become a query. */
interface Typing {
  readonly trail: string
  place: number
  text: string
  count: number
  at: number
}

/**
 * What was read in the ten minutes after a search: by the same session, else from the same address in the same mailbox; in a stolen session what
 * is marked as the owner's follows no search of the intruder's, nor the other way round.
 */
const following = {
  session: followingBy(`reading.session = fact.session and reading.session is not null`),
  address: followingBy(`reading.mailbox = fact.mailbox and reading.ip = fact.ip and reading.ip is not null`),
} as const

/** Of a search, which a query calls `fact`: how many mails were read right after, and some of their subjects. Dear, and so only for what is told. */
export const followed = {
  mails: eitherWay((reads) => `(select count(distinct item) ${reads})`),
  subjects: eitherWay(
    (reads) => `(select json_group_array(subject) from
      (select distinct subject ${reads} and subject <> '' limit ${subjectsTold}))`,
  ),
} as const

function followingBy(way: string): string {
  const until = `strftime('%Y-%m-%dT%H:%M:%fZ', fact.at, '+${followMinutes} minutes')`
  const bySame = 'coalesce(reading.marked, fact.marked) is coalesce(fact.marked, reading.marked)'
  return `from reading where displayed and ${way} and ${bySame} and reading.at > fact.at and reading.at <= ${until}`
}

function eitherWay(count: (reads: string) => string): string {
  return `iif(fact.session is null, ${count(following.address)}, ${count(following.session)})`
}

/** Fills the table `search`: one row for each query with how many key strokes led to it, and for what was typed and never sent. */
export function sumUpSearches(db: DatabaseSync): void {
  db.exec('create table search (place integer primary key, typed integer)')
  const insert = db.prepare('insert into search (place, typed) values (?, ?)')
  const facts = listQuery<SearchFact>(
    db,
    `select rowid as place, at, coalesce(session, ip, '') || ' ' || mailbox as trail,
    ${isTyped} as typed, detail as query from fact
    where category = 'search' order by trail, at, rowid`,
  )
  let typing: Typing | undefined
  let any = false
  const settle = () => {
    if (typing !== undefined) insert.run(typing.place, typing.count)
    typing = undefined
  }
  for (const fact of facts.iterate()) {
    any = true
    const [place, , , isTyped] = fact
    const led = typing !== undefined && leadsTo(typing, fact) ? typing : undefined
    if (led === undefined) settle()
    if (isTyped === 1) typing = typed(led, fact)
    else {
      insert.run(place, led?.count ?? 0)
      typing = undefined
    }
  }
  settle()
  if (!any) return
  db.exec(`create index reading_session on reading (session, at) where displayed and session is not null;
    create index reading_address on reading (mailbox, ip, at) where displayed and ip is not null`)
}

/** Whether the same search goes on: within minutes, each text beginning with the other. */
function leadsTo(typing: Typing, [, at, trail, , query]: SearchFact): boolean {
  if (typing.trail !== trail || Date.parse(at) - typing.at > typingMs) return false
  const [before, now] = [typing.text, query ?? ''].map((text) => text.trim().toLowerCase()) as [string, string]
  return now.startsWith(before) || before.startsWith(now)
}

/** The longest of what was typed stands for all of it. */
function typed(led: Typing | undefined, [place, at, trail, , query]: SearchFact): Typing {
  const text = query ?? ''
  if (led === undefined) return { trail, place, text, count: 1, at: Date.parse(at) }
  led.count += 1
  led.at = Date.parse(at)
  if (text.length >= led.text.length || !led.text.startsWith(text)) led.place = place
  led.text = text
  return led
}
