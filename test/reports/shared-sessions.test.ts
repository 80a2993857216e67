import { DatabaseSync } from 'node:sqlite'
import { expect, test } from '@jest/globals'
import { sharedAddressTexts } from '#src/reports/answer/shared-addresses.ts'
import { scratchTables } from '#src/reports/render-part.ts'
import { sharedSessions } from '#src/reports/shared-sessions.ts'

const count = 40

test('whether a reading is of a shared session is looked up, not gone through all of them for', () => {
  const db = scratch()
  const asked: string[] = []
  const { mails, sessions } = sharedSessions({
    query: (sql) => rowsOf(db, sql),
    count(sql) {
      asked.push(sql)
      return rowsOf(db, sql).length
    },
  })

  const steps = asked.flatMap((sql) => rowsOf<{ opcode: string; p1: number }>(db, `explain ${sql}`))
  const cursorsOf = (code: string) => new Set(steps.filter(({ opcode }) => opcode === code).map(({ p1 }) => p1))
  const lists = cursorsOf('OpenEphemeral').intersection(cursorsOf('Found'))
  expect({ mails, sessions }).toEqual({ mails: count, sessions: count })
  expect(lists.size).toBeGreaterThan(0)
  expect([...lists.intersection(cursorsOf('Next'))]).toEqual([])
})

test('of no more addresses than are told others of their sessions are looked for', () => {
  const db = scratch()
  let looked = 0
  db.aggregate('json_group_array', {
    start: '[]',
    step: (list, ip) => JSON.stringify([...JSON.parse(String(list)), ip]),
    result(list) {
      looked += 1
      return list
    },
  })

  const texts = sharedAddressTexts({ query: (sql) => rowsOf(db, sql) })

  expect(texts).toHaveLength(8)
  expect(texts[0]).toMatch(/^40 of the 40 activities from 192\.0\.2\.39 .* \(203\.0\.113\.39\)/)
  expect(looked).toBe(8)
})

/** Sessions of which each is the intruder's by its first address, and was used from another; the later an address comes, the more was done from it. */
function scratch(): DatabaseSync {
  const db = new DatabaseSync('')
  for (const table of ['usage', 'reading'] as const)
    db.exec(`create table ${table} (${scratchTables[table].join(', ')})`)
  const use = db.prepare(
    "insert into usage (session, ip, category, marked, certainty, count) values (?, ?, 'read', 'intruder', ?, ?)",
  )
  const read = db.prepare(
    "insert into reading (mailbox, item, session, ip, displayed, marked) values ('a', ?, ?, ?, 1, 'intruder')",
  )
  for (let i = 0; i < count; i += 1) {
    use.run(`s-${i}`, `192.0.2.${i}`, 'record', i + 1)
    use.run(`s-${i}`, `203.0.113.${i}`, 'session', 1)
    read.run(`m-${i}`, `s-${i}`, `203.0.113.${i}`)
    read.run(`n-${i}`, `s-${i}`, `192.0.2.${i}`)
  }
  return db
}

function rowsOf<Row extends object>(db: DatabaseSync, sql: string): Row[] {
  return db.prepare(sql).all() as Row[]
}
