import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, test } from '@jest/globals'
import { openForReading } from '#src/case/database.ts'
import { openCase } from '#src/case/store.ts'
import { entry, put } from '../support/case.ts'
import { temporaryFolder } from '../support/folder.ts'

const { prepare } = DatabaseSync.prototype
afterEach(() => {
  DatabaseSync.prototype.prepare = prepare
})

test('a delivery goes through no table that grows as long as something is collected', () => {
  const folder = temporaryFolder()
  const store = openCase(folder)
  const delivery = store.delivery('sink')
  put(store, 'a.csv', [entry({ id: 'a' })])
  const { cursor, last } = delivery.begin(10)
  delivery.advance({ ...cursor, after: last, until: last }, { rejected: [], mentions: new Float64Array() })
  put(store, 'b.csv', [entry({ id: 'b' })])
  const asked: string[] = []
  DatabaseSync.prototype.prepare = function (sql, ...more) {
    asked.push(sql)
    return Reflect.apply(prepare, this, [sql, ...more])
  }

  delivery.begin(10)

  DatabaseSync.prototype.prepare = prepare
  const db = openForReading(folder)
  const steps = asked.flatMap((sql) => db.prepare(`explain query plan ${sql}`).all() as { detail: string }[])
  db.close()
  store.close()
  expect(steps.length).toBeGreaterThan(50)
  const scans = steps.map(({ detail }) => detail).filter((detail) => detail.startsWith('SCAN '))
  // Of the first any will do.
  const aliases =
    /^SCAN (event (?!USING INDEX event_id)|(e|usage|u|evidence|message|logon|mention|session_usage|session_link|o)\b)/
  expect(scans.filter((detail) => aliases.test(detail))).toEqual([])
})

test('after a run was cut off those are delivered again of which it may have sent some: the next by their time of what it was at', () => {
  const store = openCase(temporaryFolder())
  const delivery = store.delivery('sink')
  const some = (path: string, ...times: number[]) =>
    put(
      store,
      path,
      times.map((time, row) => entry({ id: `${time}`, time, row })),
    )
  const isAt = (place: object) =>
    delivery.advance({ ...delivery.begin(2).cursor, ...place }, { rejected: [], mentions: new Float64Array() })
  some('delivered.csv', 25)
  isAt({ after: 1 })
  some('begun.csv', 90, 40, 30, 20)
  isAt({ until: 5, at: { time: 20, id: '20' }, done: 1 })
  some('new.csv', 35)

  delivery.begin(2)

  const stale = [...delivery.open('stale', 10)].flat()
  store.close()
  expect(stale).toEqual([3, 4])
})
