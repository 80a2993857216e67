import { describe, expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { normalizer } from '#src/normalize/index.ts'
import { powerShellObject, unflattened } from '#src/sources/files/shapes/powershell.ts'
import { digestFile } from '../../../support/files.ts'
import { fileOf } from '../../../support/folder.ts'

const common = { Id: '5f1c', CreationTime: '2026-03-09T08:15:21', UserId: 'bob@contoso.example' }
const bind = [
  { Name: 'MailAccessType', Value: 'Bind' },
  { Name: 'IsThrottled', Value: 'False' },
]

test.each([
  ['@{Name=MailAccessType; Value=Bind}', { Name: 'MailAccessType', Value: 'Bind' }],
  ['@{Name=SubjectContainsWords; Value=pay; a=b; {x}}', { Name: 'SubjectContainsWords', Value: 'pay; a=b; {x}' }],
  ['@{Name=ForwardingSmtpAddress; Value=}', { Name: 'ForwardingSmtpAddress', Value: '' }],
  ['@{Id=LgAA; Path=\\Inbox; more}', { Id: 'LgAA', Path: '\\Inbox; more' }],
  ['@{Name=Role; NewValue=Admin; OldValue=}', { Name: 'Role', NewValue: 'Admin', OldValue: '' }],
  ['@{CreationTime=05/03/2026 09:05:00; Id=x}', { CreationTime: '2026-05-03T09:05:00', Id: 'x' }],
  [`@{Name=a${'; Value='.repeat(3)}`, undefined], // Cut off.
  ['Set-Mailbox -AuditOwner @{Add="x"}', undefined],
])('%j stands for an object, or for itself', (text, expected) => {
  expect(powerShellObject(text)).toEqual(expected)
})

describe('what ConvertTo-Json made texts of', () => {
  const texts = bind.map(({ Name, Value }) => `@{Name=${Name}; Value=${Value}}`)

  test.each([
    ['one by one', texts],
    ['one behind the other', texts.join(' ')],
  ])('is a list again, %s', (_, flat) => {
    const given: JsonObject = { ...common, OperationProperties: flat }

    expect(unflattened(given)).toEqual({ record: { ...common, OperationProperties: bind }, isHollow: false })
    expect(given['OperationProperties']).toBe(flat)
  })

  test('is a list again deep in a record, but not where people write', () => {
    const items = ['@{Id=RgAA1; InternetMessageId=<1@x>}', '@{Id=RgAA2; InternetMessageId=<2@x>}']
    const Item = { Subject: '@{Name=x; Value=y}' }
    const given: JsonObject = {
      ...common,
      Item,
      Folders: [{ Id: 'LgAA', FolderItems: items }, { FolderItems: 'System.Object[]' }],
    }

    expect(unflattened(given)).toEqual({
      record: {
        ...common,
        Item,
        Folders: [
          {
            Id: 'LgAA',
            FolderItems: [
              { Id: 'RgAA1', InternetMessageId: '<1@x>' },
              { Id: 'RgAA2', InternetMessageId: '<2@x>' },
            ],
          },
          { FolderItems: 'System.Object[]' },
        ],
      },
      isHollow: true,
    })
    expect(given['Folders']).toEqual([{ Id: 'LgAA', FolderItems: items }, { FolderItems: 'System.Object[]' }])
  })

  test('is not touched where it is whole', () => {
    const whole: JsonObject = { ...common, OperationProperties: bind, Parameters: 'text', ObjectId: 'System.x' }

    expect(unflattened(whole).record).toBe(whole)
  })

  test('makes a read that names no mail one that is not whole', async () => {
    const folder = '@{FolderItems=System.Object[]; Id=LgAA; Path=\\Inbox}'
    const record = { ...common, Operation: 'MailItemsAccessed', OperationProperties: texts, Folders: [folder] }

    const { activities, rejected } = await digestFile(fileOf(JSON.stringify([record]), 'flat.json'))
    const [activity] = activities

    expect(rejected).toEqual([])
    expect(activity?.truncated).toBe(true)
    const document =
      activity &&
      normalizer.document({ ...activity, original: '' }, { source: 'x', file: 'flat.json', sha256: '', row: 1 })
    expect(document).toMatchObject({
      'hoofprint.category': 'read',
      'hoofprint.mail_access': 'bind',
      'hoofprint.folder': ['\\Inbox'],
      tags: ['read', 'truncated'],
    })
  })
})
