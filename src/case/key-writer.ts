import type { DatabaseSync } from 'node:sqlite'
import type { PackedEntries, PackedTable } from '../bytes/packed-entries.ts'
import { indexByEvent, makeIndexes } from './join-indexes.ts'
import { cellsOf } from './packed-sql.ts'
import { keepsEarlier, takeNextUsages, takenBack } from './pending-keys.ts'

/** For each entry the event whose keys it tells, or null where it tells none. */
type Seqs = readonly (number | null)[]

/** The events that entries are of, by what became of them. */
export interface Copies {
  /** Without those that were copies of what says as much. */
  readonly stored: Seqs
  /** Without those, too, that a fuller copy of the same block has replaced since. */
  readonly standing: Seqs
  /** These alone: nearly always none. */
  readonly replaced: Seqs
  readonly any: Seqs
}

/**
 * How keys are written. `delivered`: also what documents that are delivered say otherwise. `bulk`: what is looked up in no order is noted
 * only, for `takePendingKeys`.
 */
export type KeyMode = 'plain' | 'delivered' | 'bulk'

interface Step {
  readonly table: PackedTable
  /** Of copies of one event only the fullest counts, and what others wrote goes; or each that stood for it; or any, in whatever order they come. */
  readonly of: keyof Copies
  /** In all where none is given. */
  readonly modes?: readonly KeyMode[]
  readonly sql: string
}

const atOnce = ['plain', 'delivered'] as const

const message = cellsOf('message', 'key')
const logon = cellsOf('logon', 'key')
const usage = cellsOf('usage', 'key')
const origin = cellsOf('origin', 'key')
const request = cellsOf('request', 'key')
const link = cellsOf('link', 'key')
const user = cellsOf('user', 'key')
const agentOf = (cells: { readonly user_agent: string }) => `coalesce(${cells.user_agent}, '')`
const agent = agentOf(usage)

const rows = 'json_each(:seqs) where value is not null'
const told = 'json_each(:seqs) cross join event e on e.seq = value'
const linked = `${rows} and ${link.session} is not null`
const own = `${told} where ${usage.is_own} = 1 and ${usage.mailbox} <> ''`

/** In this order, for what is superseded is asked for before it is. */
const steps: readonly Step[] = [
  {
    table: 'message',
    of: 'standing',
    sql: `insert into message select value, ${message.hash}, ${message.item}, ${message.rank}, ${message.subject},
      ${message.sender}, ${message.received}, ${message.message_id} from ${rows}`,
  },
  {
    table: 'logon',
    of: 'standing',
    sql: `insert into logon select e.seq, e.mailbox, ${logon.platform}, e.session, e.time, e.id, ${logon.ip},
      ${logon.user_agent} from ${told}`,
  },
  {
    table: 'request',
    of: 'standing',
    sql: `insert into request select e.seq, e.mailbox, e.time, ${request.ip}, ${agentOf(request)}, e.session
      from ${told}`,
  },
  {
    table: 'origin', // Of all: later rows may refer to it.
    of: 'any',
    modes: ['bulk'],
    sql: `insert into pending_origin select ${origin.number}, ${origin.session}, ${origin.mailbox}, ${origin.ip},
      ${agentOf(origin)}, ${origin.is_own} from json_each(:seqs)`,
  },
  {
    table: 'usage',
    of: 'standing',
    modes: ['bulk'],
    sql: `insert into pending_usage select value, ${usage.origin}, ${usage.time} from ${rows}`,
  },
  {
    table: 'usage',
    of: 'replaced',
    modes: ['bulk'],
    sql: `insert into pending_usage select value, ${usage.origin}, ${takenBack} from ${rows}`,
  },
  {
    table: 'usage',
    of: 'stored',
    modes: ['delivered'],
    sql: `insert into superseded (event, session) select max(value), ${usage.session} from ${rows} and ${usage.session} is not null
      and not exists (select 1 from session_usage s
        where s.session = ${usage.session} and s.ip = ${usage.ip} and s.user_agent = ${agent})
      group by ${usage.session}`,
  },
  {
    table: 'usage',
    of: 'stored',
    modes: atOnce,
    sql: `insert into session_usage select ${usage.session}, ${usage.ip}, ${agent} from ${rows} and ${usage.session} is not null
      on conflict do nothing`,
  },
  {
    table: 'usage',
    of: 'standing',
    modes: ['delivered'],
    // What was the first may have gone by now: from where a mailbox was used stays.
    sql: `insert into superseded (event) select distinct was.seq from ${told} cross join usage u
      on u.mailbox = ${usage.mailbox} and u.ip = ${usage.ip} and u.user_agent = ${agent} cross join event was on was.seq = u.event
      where ${usage.is_own} = 1 and u.time < ${takenBack} and (u.time, u.id, u.dataset) > (${usage.time}, e.id, e.dataset)`,
  },
  {
    table: 'usage',
    of: 'standing',
    modes: atOnce,
    sql: `insert into usage select ${usage.mailbox}, ${usage.ip}, ${agent}, ${usage.time}, e.id, e.dataset, e.seq from ${own}
      ${keepsEarlier}`,
  },
  {
    table: 'link',
    of: 'any',
    modes: ['delivered'],
    sql: `insert into superseded (event, item, session) select max(value), ${link.id}, ${link.session} from ${linked}
      and not exists (select 1 from session_link l where l.id = ${link.id} and l.session = ${link.session})
      group by ${link.id}, ${link.session}`,
  },
  {
    table: 'link',
    of: 'any',
    modes: ['bulk'],
    sql: `insert into pending_link select ${link.id}, ${link.session} from ${linked}`,
  },
  {
    table: 'link',
    of: 'any',
    modes: atOnce,
    sql: `insert into session_link select ${link.id}, ${link.session} from ${linked}
      order by 1, 2 on conflict do nothing`, // Sorted, so that each page is found once.
  },
  {
    table: 'user',
    of: 'any',
    modes: ['delivered'],
    sql: `insert into superseded (event, mailbox) select value, ${user.id} from ${rows} and not exists (select 1 from user_name n
      where n.id = ${user.id} and (n.name = ${user.name} or (n.time, n.name) > (${user.time}, ${user.name})))`,
  },
  {
    table: 'user', // What the id showed first counts no more for who is called what it was called.
    of: 'any',
    modes: ['delivered'],
    sql: `insert into superseded (event, mailbox) select value, n.name from json_each(:seqs) cross join user_name n on n.id = ${user.id}
      where value is not null and n.name <> ${user.name} and (n.time, n.name) < (${user.time}, ${user.name})`,
  },
  {
    table: 'user',
    of: 'any',
    sql: `insert into user_name select ${user.id}, ${user.name}, ${user.time} from ${rows} on conflict do update
      set name = excluded.name, time = excluded.time where (excluded.time, excluded.name) > (time, name)`,
  },
]

// Only replacing finds these by their event: most cases never need them.
const eventIndexes = ['message', 'usage', 'pending_usage'].map(indexByEvent)

/** Keeps what joins entries to others, and from where mailboxes and sessions were used: of what repeats only the first. */
export function keyWriter(db: DatabaseSync) {
  const statements = steps.map((step) => ({ ...step, statement: db.prepare(step.sql) }))
  for (const { statement } of statements) statement.setAllowUnknownNamedParameters(true) // Some have nothing but numbers.
  const drops = [
    ...['logon', 'message', 'request'].map((table) => `delete from ${table} where event = ?`),
    `update usage set time = ${takenBack} where event = ?`,
    `update pending_usage set time = ${takenBack} where event = ?`, // From where its session was used stays.
  ].map((sql) => db.prepare(sql))

  // Others may be the first from its network or with its client now.
  const keepUser = db.prepare(
    `insert into superseded (event, mailbox) select event, mailbox from usage where event = ?`,
  )

  let isTakenBack = false

  return {
    /** Writes the keys of a block of entries. */
    write(packed: PackedEntries, copies: Copies, mode: KeyMode): void {
      const { texts } = packed
      for (const { table, of, modes, statement } of statements) {
        const { cells, entries } = packed[table]
        if (entries.length === 0 || copies[of].length === 0 || modes?.includes(mode) === false) continue
        statement.run({ seqs: JSON.stringify(entries.map((i) => copies[of][i])), cells, texts })
      }
    },
    /** Tells who used a mailbox next from where what was written says that nobody did. A large import has no index for that: `buildJoinIndexes` does it. */
    settle(): void {
      if (isTakenBack) db.exec(takeNextUsages)
      isTakenBack = false
    },
    /**
     * Takes back what an event's earlier copy told: a copy that says less may not even say that it failed. Who used a mailbox from there next is known
     * of logons, and where a large import noted it; else whoever tells it next is the first.
     */
    drop(seq: number, isDelivered: boolean): void {
      makeIndexes(db, eventIndexes)
      if (isDelivered) keepUser.run(seq)
      isTakenBack = true
      for (const statement of drops) statement.run(seq)
    },
  }
}
