import type { DatabaseSync } from 'node:sqlite'
import type { PackedEntries, PackedTable } from '../packed-entries.ts'
import { cellsOf } from './packed-sql.ts'
import { keepsEarlier } from './pending-keys.ts'

/** For each entry the event whose keys it tells, or null where it tells none. */
export type Seqs = readonly (number | null)[]

/**
 * How keys are written. `delivered`: also what documents that are delivered say otherwise. `bulk`: what is looked up in no order is noted
 * only, for `takePendingKeys`.
 */
export type KeyMode = 'plain' | 'delivered' | 'bulk'

interface Step {
  readonly table: PackedTable
  /** Whether what it writes goes when a fuller copy replaces the event. */
  readonly isReplaced?: boolean
  /** In all where none is given. */
  readonly modes?: readonly KeyMode[]
  readonly sql: string
}

const atOnce = ['plain', 'delivered'] as const

const message = cellsOf('message', 'key')
const logon = cellsOf('logon', 'key')
const usage = cellsOf('usage', 'key')
const link = cellsOf('link', 'key')
const agent = `coalesce(${usage.user_agent}, '')`

const told = 'json_each(:seqs) cross join event e on e.seq = value'
const own = `${told} where ${usage.is_own} = 1 and e.mailbox <> ''`

/** In this order, for what is superseded is asked for before it is. */
const steps: readonly Step[] = [
  {
    table: 'message',
    isReplaced: true,
    sql: `insert into message select value, ${message.hash}, ${message.item}, ${message.rank}, ${message.subject},
      ${message.sender}, ${message.received}, ${message.message_id} from json_each(:seqs) where value is not null`,
  },
  {
    table: 'logon',
    isReplaced: true,
    sql: `insert into logon select e.seq, e.mailbox, ${logon.platform}, e.session, e.time, e.id, ${logon.ip},
      ${logon.user_agent} from ${told}`,
  },
  {
    table: 'usage',
    sql: `insert or replace into request select e.seq, e.mailbox, e.time, ${usage.ip}, ${agent}, e.session
      from ${told} where ${usage.asks} = 1`,
  },
  {
    table: 'usage',
    modes: ['bulk'],
    sql: `insert into pending_usage select e.seq, e.session, e.mailbox, ${usage.ip}, ${agent}, e.time, ${usage.is_own} from ${told}`,
  },
  {
    table: 'usage',
    modes: atOnce,
    sql: `insert into session_usage select e.session, ${usage.ip}, ${agent} from ${told} where e.session is not null
      on conflict do nothing`,
  },
  {
    table: 'usage',
    modes: ['delivered'],
    sql: `insert into superseded (event) select distinct u.event from ${told} cross join usage u
      on u.mailbox = e.mailbox and u.ip = ${usage.ip} and u.user_agent = ${agent}
      where ${usage.is_own} = 1 and (u.time, u.id, u.dataset) > (e.time, e.id, e.dataset)`,
  },
  {
    table: 'usage',
    modes: atOnce,
    sql: `insert into usage select e.mailbox, ${usage.ip}, ${agent}, e.time, e.id, e.dataset, e.seq from ${own} ${keepsEarlier}`,
  },
  {
    table: 'link',
    modes: ['delivered'],
    sql: `insert into superseded (event, item, session) select max(e.seq), ${link.id}, e.session from ${told}
      where e.session is not null
        and not exists (select 1 from session_link l where l.id = ${link.id} and l.session = e.session)
      group by ${link.id}, e.session`,
  },
  {
    table: 'link',
    modes: ['bulk'],
    sql: `insert into pending_link select ${link.id}, e.session from ${told} where e.session is not null`,
  },
  {
    table: 'link',
    modes: atOnce,
    sql: `insert into session_link select ${link.id}, e.session from ${told} where e.session is not null
      order by 1, 2 on conflict do nothing`, // Sorted, so that each page is found once.
  },
]

/** Keeps what joins entries to others, and from where mailboxes and sessions were used: of what repeats only the first. */
export function keyWriter(db: DatabaseSync) {
  const statements = steps.map((step) => ({ ...step, statement: db.prepare(step.sql) }))
  const drops = ['logon', 'message'].map((table) => db.prepare(`delete from ${table} where event = ?`))

  return {
    /** Writes the keys of a block of entries. */
    write(packed: PackedEntries, of: { readonly seqs: Seqs; readonly standing: Seqs }, mode: KeyMode): void {
      const { texts } = packed
      for (const { table, isReplaced = false, modes, statement } of statements) {
        const { cells, entries } = packed[table]
        if (entries.length === 0 || modes?.includes(mode) === false) continue
        const seqs = isReplaced ? of.standing : of.seqs
        statement.run({ seqs: JSON.stringify(entries.map((i) => seqs[i])), cells, texts })
      }
    },
    /** Takes back what an event's earlier copy told. */
    drop(seq: number): void {
      for (const statement of drops) statement.run(seq)
    },
  }
}
