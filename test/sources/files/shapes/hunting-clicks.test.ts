import { expect, test } from '@jest/globals'
import { documentsOf } from '../../../support/read-documents.ts'

const click = {
  ...{ Timestamp: '2026-05-23T09:04:00.1234567Z', Url: 'https://login.fabrikam.example/', ActionType: 'ClickAllowed' },
  ...{ AccountUpn: 'Alice@contoso.example', Workload: 'Email', IPAddress: '203.0.113.45', IsClickedThrough: false },
  ...{ NetworkMessageId: '2f0a0000-0000-4000-8000-000000000001', ThreatTypes: 'Phish', ReportId: 'r1' },
}
const blocked = { ...click, ActionType: 'ClickBlocked' }
const through = { ...blocked, IsClickedThrough: true }
const harmless = { ...click, ThreatTypes: null }

test('clicks are of who clicked, from where; on a threat they are alerts, and what was blocked failed', async () => {
  const { documents, shape } = await documentsOf(JSON.stringify({ results: [click, blocked, through, harmless] }))

  expect(shape).toBe('hunting-clicks')
  expect(documents.map((document) => [document['hoofprint.category'], document['event.outcome']])).toEqual([
    ['alert', 'success'],
    ['alert', 'failure'],
    ['alert', 'success'],
    ['other', 'success'],
  ])
  expect(documents[0]).toMatchObject({
    ...{ '@timestamp': '2026-05-23T09:04:00.123Z', 'hoofprint.mailbox': 'alice@contoso.example' },
    ...{ 'source.ip': '203.0.113.45', 'url.original': click.Url, 'rule.name': 'Phish', 'event.kind': 'alert' },
  })
  expect(new Set(documents.map((document) => document['event.id'])).size).toBe(4)
})

test.each([
  [{ ActionType: 'ClickBlockedByTenantPolicy' }, 'failure'],
  [{ ActionType: 'UrlScanInProgress' }, 'unknown'],
  [{ ActionType: 'UrlErrorPage' }, 'unknown'],
  [{ UrlClickAction: 2 }, 'failure'],
  [{ UrlClickAction: 3 }, 'unknown'],
  [{ UrlClickAction: 'BlockPageOverride' }, 'success'],
  [{}, 'unknown'],
])('a click of the audit log reached its page only where the record says so: %j', async (said, outcome) => {
  const record = { CreationTime: '2026-05-23T09:04:00', Id: 'c1', Operation: 'TIUrlClickData', UserId: 'a@b.example' }

  const { documents } = await documentsOf(JSON.stringify({ ...record, RecordType: 41, ...said }))

  expect(documents.map((document) => document['event.outcome'])).toEqual([outcome])
})

test('the same as CSV, and as Defender streams them', async () => {
  const { documents: csv, shape } = await documentsOf(
    `${Object.keys(click).join(',')}\n${Object.values(click).join(',')}\n${Object.values(harmless).join(',')}\n`,
  )
  const { documents: streamed } = await documentsOf(
    JSON.stringify({ records: [{ time: 'x', category: 'AdvancedHunting-UrlClickEvents', properties: click }] }),
  )

  expect(shape).toBe('hunting-clicks-csv')
  expect(csv.map((document) => document['hoofprint.category'])).toEqual(['alert', 'other'])
  for (const document of [csv[0], streamed[0]]) {
    expect(document).toMatchObject({ 'rule.name': 'Phish', 'source.ip': '203.0.113.45' })
  }
})
