import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from '@jest/globals'
import { root } from '../support/cli.ts'
import { temporaryFolder } from '../support/folder.ts'
import { importSample } from '../support/sample-case.ts'

const trace = {
  ...{ Received: '2026-03-09T08:00:00.7Z', SenderAddress: 'bob@contoso.example', Subject: 'Paid', Status: 'Delivered' },
  ...{ RecipientAddress: 'eve@fabrikam.example', MessageId: '<1@contoso.example>' },
  MessageTraceId: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a0aa',
}
const { MessageTraceId: _, ...nameless } = { ...trace, Received: '2026-03-09T08:00:00Z' }
const { Status: _status, ...statusless } = nameless

test.each<[string, number, object, object]>([
  ['without its id', 1, trace, nameless],
  ['without its id and what became of the mail', 1, trace, statusless],
  ['without its id, twice', 1, nameless, statusless],
  ['in the word of a report', 1, trace, { ...nameless, Status: 'Deliver' }],
  ['to another recipient', 2, trace, { ...nameless, RecipientAddress: 'mallory@fabrikam.example' }],
  ['of another mail', 2, trace, { ...nameless, MessageId: '<2@contoso.example>' }],
  ['of another end', 2, trace, { ...nameless, Status: 'Failed' }],
  ['of another second', 2, trace, { ...nameless, Received: '2026-03-09T08:00:01Z' }],
  ['with an id of its own', 2, trace, { ...nameless, MessageTraceId: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a0ab' }],
])('a message trace and a row that says it %s are %i', async (_what, times, one, other) => {
  for (const rows of [
    [one, other],
    [other, one],
  ]) {
    const { rendered } = await importSample(...rows.map(tableOf))

    const counted = rendered.filter(({ document }) => document.tags?.includes('also-audited') !== true)
    expect(rendered).toHaveLength(2)
    expect(counted).toHaveLength(times)
    expect(counted.map(({ document }) => document['event.action'])).toContain('Delivered')
  }
})

function tableOf(row: object): string {
  const path = join(temporaryFolder(), 'trace.csv')
  writeFileSync(path, `${Object.keys(row).join()}\n${Object.values(row).join()}\n`)
  return relative(root, path)
}
