import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from '@jest/globals'
import { root } from './support/cli.ts'
import { temporaryFolder } from './support/folder.ts'
import { importSample } from './support/sample-case.ts'

const user = 'alice@contoso.example'
const signIn = { createdDateTime: '2026-05-23T09:00:00Z', ipAddress: '203.0.113.66', status: { errorCode: 0 } }
const told = { AlertId: 'fa10', ServiceSource: 'x', Timestamp: '2026-05-23T09:04:00Z' }
const records = [
  { ...signIn, id: '55aa0000-0000-4000-8000-000000000001', userPrincipalName: user },
  { ...signIn, id: '55aa0000-0000-4000-8000-000000000002', servicePrincipalId: 's1', servicePrincipalName: 'Backup' },
  {
    ...{ id: 'fa10', title: 'Suspicious inbox rule', severity: 'high', serviceSource: 'x', status: 'new' },
    ...{ createdDateTime: '2026-05-23T09:09:00Z', firstActivityDateTime: '2026-05-23T09:04:00Z' },
    evidence: [{ userAccount: { userPrincipalName: user } }, { ipAddress: '203.0.113.99' }],
  },
  { ...told, EntityType: 'Ip', EvidenceRole: 'Related', RemoteIP: '203.0.113.99' },
  { ...told, EntityType: 'User', EvidenceRole: 'Impacted', AccountUpn: user },
  {
    Timestamp: '2026-05-23T09:05:00Z',
    NetworkMessageId: 'n1',
    RecipientEmailAddress: user,
    ActionResult: 'Success',
    ...{ ActionType: 'Manual remediation', ActionTrigger: 'AdminAction', InternetMessageId: '<a1@fabrikam.example>' },
  },
]

test('alerts, what they name and what Defender did to mails are the doing of no logon before them, from no address', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'all.json'), records.map((one) => `${JSON.stringify(one)}\n`).join(''))

  const { files, rendered } = await importSample(relative(root, folder))

  expect(files.map(({ counts }) => counts)).toEqual([{ read: 6, stored: 6, duplicate: 0, rejected: 0 }])
  const others = rendered.map(({ document }) => document).filter((one) => one['hoofprint.category'] !== 'logon')
  expect(others).toHaveLength(4)
  for (const document of others) {
    expect(document['hoofprint.logon.ip']).toBeUndefined()
    expect(document['hoofprint.from.address']).toBeUndefined()
    expect(document['hoofprint.first_seen']).toBeUndefined()
  }
})
