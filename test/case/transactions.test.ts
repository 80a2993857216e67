import { DatabaseSync } from 'node:sqlite'
import { expect, test } from '@jest/globals'
import { transactionsOn, wholeTransaction } from '#src/case/transactions.ts'

function open() {
  const db = new DatabaseSync(':memory:')
  db.exec('create table t (n)')
  const insert = db.prepare('insert into t values (?)')
  const numbers = () =>
    db
      .prepare('select n from t order by n')
      .all()
      .map(({ n }) => n)
  return { db, insert: (n: number) => void insert.run(n), numbers, transactions: transactionsOn(db) }
}

const fail = () => {
  throw new Error('broken')
}

test('works that share a transaction are written with the last of them', () => {
  const { db, insert, transactions } = open()

  transactions.runWithOthers(wholeTransaction / 2, () => insert(1))
  const first = db.isTransaction
  transactions.runWithOthers(wholeTransaction / 2, () => insert(2))

  expect([first, db.isTransaction]).toEqual([true, false])
})

test('a work that stands alone first writes down those before it', () => {
  const { insert, numbers, transactions } = open()
  transactions.runWithOthers(1, () => insert(1))

  expect(() => transactions.run(fail)).toThrow('broken')

  expect(numbers()).toEqual([1])
})

test('a work that fails takes those with it that share its transaction, and later ones begin anew', () => {
  const { insert, numbers, transactions } = open()
  transactions.runWithOthers(1, () => insert(1))

  expect(() => transactions.runWithOthers(1, fail)).toThrow('broken')
  transactions.runWithOthers(1, () => insert(2))
  transactions.settle()

  expect(numbers()).toEqual([2])
})

test('an error on which SQLite rolls back by itself is the one that is heard of, and later works begin anew', () => {
  const { db, insert, numbers, transactions } = open()
  db.exec('create unique index one on t (n)')
  transactions.runWithOthers(1, () => insert(1))

  expect(() => transactions.runWithOthers(1, () => db.exec('insert or rollback into t values (2), (2)'))).toThrow(
    'UNIQUE constraint failed',
  )
  transactions.run(() => insert(3))

  expect(numbers()).toEqual([3])
})
