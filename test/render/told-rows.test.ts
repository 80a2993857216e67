import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import type { StoredActivity } from '#src/case/reader.ts'
import type { Teller, Told } from '#src/render/row-kinds.ts'
import { toldRows } from '#src/render/told-rows.ts'

const sameAs: Told['says'] = ({ record }, row) => record['ipAddress'] === row.record['ipAddress']

test('of tellers that are alike one is compared with each row, though all have ids and columns of their own', () => {
  const compared: JsonObject[] = []
  const rows = Array.from({ length: 50 }, (_, i) => rowOf({ ipAddress: `192.0.2.${i}` }, compared))
  const toldBy = toldRows(rows)

  const told = Array.from({ length: 50 }, (_, i) =>
    toldBy(tellerOf({ ipAddress: '192.0.2.7', id: `${i}`, Id: `${i}`, Place: `${i}` })),
  )

  expect(told).toEqual(Array.from({ length: 50 }, () => [rows[7]]))
  expect(compared).toEqual([rows[7]?.record])
})

test('tellers that differ in what a row has, in what is read of them, or in time are each compared', () => {
  const compared: JsonObject[] = []
  const toldBy = toldRows([rowOf({ ipAddress: '192.0.2.7', City: 'Aarhus' }, compared)])
  const teller = { ipAddress: '192.0.2.7' }

  for (const more of [{}, { City: 'Odense' }, { City: null }, { ErrorCode: '0' }])
    toldBy(tellerOf({ ...teller, ...more }))
  toldBy(tellerOf(teller, 1))

  expect(compared).toHaveLength(5)
})

function rowOf(record: JsonObject, compared: JsonObject[]): Told {
  const says: Told['says'] = (teller, row, listed) => {
    compared.push(row.record)
    return sameAs(teller, row, listed)
  }
  const moment = { dataset: 'azure.signinlogs', from: 0, to: 0, mailbox: null, operation: null, hasRows: true }
  const never = () => false
  const kind = { isRow: never, yieldsTo: never, momentOf: () => moment, says, moment, reads: ['ErrorCode'] }
  return {
    ...kind,
    alike: { ipAddress: 'ipAddress' },
    record,
    told: [],
    truncated: false,
    size: 1,
    table: '',
    stored: storedAt(0),
  }
}

function tellerOf(record: JsonObject, time = 0): Teller {
  return { record, truncated: false, size: 1, table: '', stored: storedAt(time), listed: () => new Set() }
}

function storedAt(time: number): StoredActivity {
  const format = { shape: 'graph-signins' } as StoredActivity['evidence']['format'] // Nothing of it is read.
  const evidence = { file: 'a.json', sha256: '', format }
  return {
    ...{ seq: 1, dataset: 'azure.signinlogs', id: '1', time, operation: 'Sign-in', mailbox: 'a@contoso.example' },
    ...{ content: '', row: 1, evidence },
  }
}
