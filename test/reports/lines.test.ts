import { expect, test } from '@jest/globals'
import { ofEachMail } from '#src/reports/tsv/columns.ts'
import { tsvTables } from '#src/reports/tsv/tables.ts'
import { reported } from '../support/reported.ts'
import { written } from '../support/written.ts'

test('what a column says of each mail is asked of each mail', () => {
  const asking = tsvTables.flatMap(({ columns }) => Object.values(columns).filter((column) => column.length > 1))

  expect(asking.filter((column) => !ofEachMail.has(column))).toEqual([])
})

test('each mail of a record has its own line, also beside one in whose subject something hides', async () => {
  const mails = [
    { item: '<1@x.example>', subject: 'Invoice\t7\u202e', from: 'a@x.example' },
    { item: '<2@x.example>', subject: '=1+1' },
  ]
  const { table } = await written([bind(mails)])

  const lines = table('read-activity-by-time').map((line) => [
    line['Internet Message ID'],
    line['Subject'],
    line['From'],
  ])

  expect(lines).toEqual([
    ['<1@x.example>', 'Invoice\\t7\\u202e', 'a@x.example'],
    ['<2@x.example>', "'=1+1", 'No Data'],
  ])
})

test('of what is only listed the first thousand are told and all are counted', async () => {
  const sent = Array.from({ length: 1200 }, (_, i) =>
    reported({ 'event.action': 'Send', 'hoofprint.category': 'send', 'email.subject': `mail ${i}` }),
  )

  const { answers, table } = await written(sent, 2000)

  expect([answers.sent.total, answers.sent.rows.length, answers.sent.rows.at(-1)?.['subject']]).toEqual([
    ...[1200, 1000, 'mail 999'],
  ])
  expect(table('send-activity')).toHaveLength(1200)
})

function bind(mails: readonly { item: string; subject: string; from?: string }[]) {
  return reported(
    {
      ...{ 'event.action': 'MailItemsAccessed', 'hoofprint.category': 'read', 'hoofprint.mail_access': 'bind' },
      'email.message_id': mails.map(({ item }) => item),
    },
    mails,
  )
}
