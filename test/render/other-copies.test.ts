import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from '@jest/globals'
import type { EcsDocument } from '#src/document.ts'
import { root } from '../support/cli.ts'
import { temporaryFolder } from '../support/folder.ts'
import { importSample } from '../support/sample-case.ts'

const coded = {
  ...{ id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a005', createdDateTime: '2026-03-09T08:00:00Z', userId: 'lena' },
  ...{ userPrincipalName: 'lena@contoso.example', appDisplayName: 'Outlook', appId: 'outlook' },
  ...{ ipAddress: '2001:db8::66', status: { errorCode: 0 }, authenticationProtocol: 'deviceCode' },
}
const judged = { ...coded, authenticationProtocol: 'none', riskLevelDuringSignIn: 'high', clientAppUsed: 'Browser' }

test.each([
  ['of the same', {}, true],
  ['of an address spelt otherwise', { ipAddress: '2001:0DB8:0::66' }, true],
  ['that names no user by id', { userId: null }, true],
  ['of another address', { ipAddress: '203.0.113.66' }, false],
  ['of another user', { userId: 'otto' }, false],
  ['of another application', { appId: 'teams' }, false],
  ['of another outcome', { status: { errorCode: 50126 } }, false],
])('a sign-in is given the risk that its copy tells %s, or is told to have copies that differ', async (_of, more, isGiven) => {
  for (const order of [
    [coded, { ...judged, ...more }],
    [{ ...judged, ...more }, coded],
  ]) {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'sign-ins.json'), JSON.stringify(order))

    const { rendered } = await importSample(relative(root, folder))

    expect(rendered).toHaveLength(1)
    const document = rendered[0]?.document as EcsDocument
    expect(JSON.stringify(document).includes('high')).toBe(isGiven)
    expect(document.tags).toContain(isGiven ? 'completed' : 'copies-differ')
    expect(document.tags).not.toContain(isGiven ? 'copies-differ' : 'completed')
    expect(document['event.original']).toBe(JSON.stringify(coded))
  }
})
