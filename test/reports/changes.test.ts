import { expect, test } from '@jest/globals'
import type { EcsDocument } from '#src/document.ts'
import {
  alertName,
  applicationOf,
  consentText,
  fileOf,
  forwardedTo,
  objectOf,
  permissionText,
  ruleConditions,
  ruleName,
  searchedThrough,
  sharedWith,
} from '#src/reports/changes.ts'
import { reported } from '../support/reported.ts'

const changed = (values: Readonly<Record<string, string>>) => ({
  ModifiedProperties: Object.fromEntries(Object.entries(values).map(([name, NewValue]) => [name, { NewValue }])),
})
const folderMember = (member: object) => ({ Item: [{ ParentFolder: { Path: '\\Inbox', ...member } }] })

test.each<[string, object, (document: EcsDocument) => string | undefined, string]>([
  ['a rule that Outlook names by its id', { OperationProperties: { RuleId: '7' } }, ruleName, '7'],
  ['a rule whose name stands behind its mailbox', { ObjectId: 'contoso\\alice\\tidy' }, ruleName, 'tidy'],
  ['what a rule leaves alone', { Parameters: { ExceptIfFrom: 'bob' } }, ruleConditions, "not when the sender is 'bob'"],
  ['where a rule sends mail on to', { Parameters: { ForwardTo: 'eve' } }, forwardedTo, 'eve'],
  ['a trustee', { Parameters: { Trustee: 'eve', AccessRights: 'SendAs' } }, permissionText, 'gives SendAs to eve'],
  ['a member', { Parameters: { Member: 'eve' } }, permissionText, 'gives rights to eve'],
  ['who may send', { Parameters: { GrantSendOnBehalfTo: 'eve' } }, permissionText, 'gives SendOnBehalf to eve'],
  [
    'a member of a folder',
    folderMember({ MemberUpn: 'eve', MemberRights: 'ReadAny' }),
    permissionText,
    'gives ReadAny to eve',
  ],
  ['with whom a site was shared', { TargetUserOrGroupName: 'eve' }, permissionText, 'eve'],
  [
    'with whom and how',
    { TargetUserOrGroupName: 'eve', TargetUserOrGroupType: 'Guest', EventData: '<Granted>Edit</Granted>' },
    sharedWith,
    'eve (Guest); Granted: Edit',
  ],
  [
    'a grant to one application for one user',
    changed({ DelegatedPermissionGrant_Scope: '"Mail.Read"', DelegatedPermissionGrant_ConsentType: '"Principal"' }),
    consentText,
    'Mail.Read for one user',
  ],
  ['a role of an application', changed({ AppRole_Value: '"Mail.ReadWrite"' }), consentText, 'Mail.ReadWrite'],
  [
    'a consent for all',
    changed({ AppRole_Value: 'Mail.Send', ConsentContext_OnBehalfOfAll: 'True' }),
    consentText,
    'Mail.Send for everybody',
  ],
  [
    'what is new in a consent',
    changed({
      ConsentAction_Permissions:
        '[[ConsentType: Principal, Scope: openid]] => [[ConsentType: Principal, Scope: Mail.Read]]',
    }),
    consentText,
    'Mail.Read for one user',
  ],
  ['an add-in', { Parameters: { App: 'reader' } }, applicationOf, 'reader'],
  ['an application by what was changed', changed({ DisplayName: '"Reader"' }), applicationOf, 'Reader'],
  [
    'an application by its name before it was called otherwise',
    { Target: [{ ID: 'Reader', Type: 1 }], ...changed({ DisplayName: '"Writer"' }) },
    applicationOf,
    'Reader',
  ],
  [
    'mailboxes, sites and public folders that were searched',
    { ExchangeLocations: 'All', SharepointLocations: 'x', PublicFolderLocations: 'y' },
    searchedThrough,
    'mailboxes: All; sites: x; public folders: y',
  ],
  ['mailboxes by a cmdlet', { Parameters: { SourceMailboxes: 'alice' } }, searchedThrough, 'mailboxes: alice'],
  ['an alert by what it is about', { AlertEntityId: 'alice' }, alertName, 'alice'],
])('%s is told', (_what, audit, read, told) => {
  expect(read(reported({ 'event.action': 'x', 'o365.audit': audit }).document)).toBe(told)
})

test.each<[string, object, (document: EcsDocument) => string | undefined, string]>([
  [
    'the mail that was looked at',
    { 'email.message_id': ['<a@x.example>', '<b@x.example>'] },
    objectOf,
    '<a@x.example>; <b@x.example>',
  ],
  [
    'a file by its address',
    { 'url.original': 'https://contoso.example/a', 'file.name': 'a' },
    fileOf,
    'https://contoso.example/a',
  ],
])('%s is told where the record names nothing else', (_what, fields, read, told) => {
  expect(read(reported({ 'event.action': 'x', ...fields }).document)).toBe(told)
})

test('mail goes to whom a rule sends it by the name that others tell of him', () => {
  const { document } = reported({
    ...{ 'event.action': 'New-InboxRule', 'email.to.address': ['eve@contoso.example'] },
    'o365.audit': { Parameters: { ForwardTo: '5f0f1b6e-5a0b-4f27-9d0e-3b1f6c1f0b02' } },
  })

  expect(forwardedTo(document)).toBe('eve@contoso.example')
})
