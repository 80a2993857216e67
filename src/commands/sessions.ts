import { defineCommand } from 'citty'
import { countCase } from '../connector.ts'
import { ConfigError } from '../errors.ts'
import { withMarks, withView } from '../job.ts'
import type { Actor } from '../marks.ts'
import type { Scratch } from '../reports/scratch.ts'
import { eachSession } from '../reports/session-answers.ts'
import { sessionsAsText } from '../reports/sessions-text.ts'
import { few, namedValues } from '../reports/words.ts'
import { commonArgs, databaseArgs, jobOf, printerOf, printJsonList, taking, warnerOf } from './common.ts'
import { changeMarks, isChange, markArgs, markChangeOf, tellSlips } from './mark-options.ts'

const args = {
  ...markArgs,
  mailbox: taking('UPN', 'Only sessions of this user or in this mailbox'),
  marked: taking('WHOSE', 'Only sessions of the intruder, of the owner, or unknown'),
  ...commonArgs,
  ...databaseArgs,
} as const

const whose: readonly Actor[] = ['intruder', 'owner', 'unknown']

/** More sessions than anybody reads; what is beyond is counted. */
const limit = 100_000

/** Lists the sessions of a case, and marks what is the intruder's. */
export const sessionsCommand = defineCommand({
  args,
  async run({ args: given, rawArgs }) {
    const job = jobOf(given)
    const change = markChangeOf(rawArgs)
    const marked = given.marked === undefined ? undefined : actorOf(given.marked)
    if (isChange(change)) {
      const notMarked = withMarks(job, (book) => changeMarks(book, change))
      await tellSlips(job, change, notMarked, warnerOf(given))
    }
    await withView(job, async (view) => {
      const conditions = [
        ...(given.mailbox === undefined ? [] : ['? in (user, mailbox)']),
        ...(marked === undefined ? [] : ["coalesce(marked, 'unknown') = ?"]),
      ]
      const values = [given.mailbox?.toLowerCase(), marked].filter((value) => value !== undefined)
      const where = conditions.length === 0 ? 'true' : conditions.join(' and ')
      const marks = view.marks()
      const print = printerOf(given)
      await countCase(job, marks, ({ scratch }) => {
        const { total, rows } = eachSession(scratch, { limit, where, values })
        if (total === 0 && given.mailbox !== undefined) tellWhose(scratch, given.mailbox, warnerOf(given))
        if (given.json === true) printJsonList('sessions', rows, { total, marks })
        else for (const text of sessionsAsText({ total, rows }, marks)) print(text)
      })
    })
  },
})

/** Says whose sessions there are, where of this one there are none. Throws `ConfigError` for one that no record is of: a slip would find nothing, silently. */
function tellWhose(scratch: Pick<Scratch, 'query' | 'count'>, mailbox: string, warn: (text: string) => void): void {
  const found = scratch.query<{ name: string }>(
    `select name from (select coalesce(user, mailbox) as name, sum(count) as n from usage where session is not null group by name)
      where name <> '' order by n desc, name`,
  )
  const names = found.map(({ name }) => name)
  const others = names.length === 0 ? 'no record names a session' : `sessions are of ${few(names, namedValues)}`
  const named = 'select 1 from usage where ?1 in (user, mailbox) union all select 1 from hour where mailbox = ?1'
  const isKnown = scratch.count(named, mailbox.toLowerCase()) > 0
  if (!isKnown)
    throw new ConfigError(`--mailbox ${mailbox}: no record of this case is of such a mailbox or user; ${others}`)
  warn(`no session of ${mailbox} is among those that are asked for; ${others}`)
}

function actorOf(text: string): Actor {
  const actor = whose.find((word) => word === text.toLowerCase())
  if (actor === undefined) throw new ConfigError(`--marked ${text}: it takes one of ${whose.join(', ')}`)
  return actor
}
