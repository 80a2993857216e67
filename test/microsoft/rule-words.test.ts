import { expect, test } from '@jest/globals'
import { ruleSentence, ruleWords } from '#src/microsoft/rule-words.ts'
import { shortened } from '#src/reports/words.ts'

test('a rule that hides mail is told in one sentence', () => {
  const parameters = {
    AlwaysDeleteOutlookRulesBlob: 'False',
    Force: 'False',
    Name: '.',
    SubjectOrBodyContainsWords: 'invoice;payment',
    MoveToFolder: 'RSS Subscriptions',
    MarkAsRead: 'True',
    StopProcessingRules: 'True',
  }

  expect(ruleSentence('New-InboxRule', parameters)).toBe(
    "when the subject or body contains 'invoice;payment': moves it to 'RSS Subscriptions', marks it as read, stops other rules",
  )
})

test('whither a rule sends mail is told, however long a name is given to all the rest', () => {
  const long = 'x'.repeat(500)
  const given = { ForwardTo: 'eve@evil.example', MoveToFolder: long, SubjectContainsWords: long, PrependSubject: long }

  const told = shortened(`New-InboxRule: ${long}: ${ruleSentence('New-InboxRule', given)} (alice, 192.0.2.1)`, 240)

  expect(told).toMatch(/forwards it to eve@evil\.example \(alice, 192\.0\.2\.1\)$/)
})

test.each([
  ['New-InboxRule', { ForwardTo: 'eve@evil.example' }, 'for every mail: forwards it to eve@evil.example'],
  ['Set-InboxRule', { Identity: 'x', StopProcessingRules: false }, 'lets other rules go on'],
  ['set-InboxRule', { From: 'bob@contoso.example' }, "when the sender is 'bob@contoso.example': no action named"],
  ['Remove-InboxRule', { Identity: 'hide', Force: 'True' }, 'removes the rule'],
  ['Disable-TransportRule', { Identity: 'guard' }, 'switches the rule off'],
  [
    'New-InboxRule',
    { DeleteMessage: 'True', ExceptIfFrom: 'eve' },
    "for every mail, except when the sender is 'eve': deletes it",
  ],
  ['New-TransportRule', { BlindCopyTo: ['a@evil.example', 'b@evil.example'] }, blind()],
  [
    'New-JournalRule',
    { JournalEmailAddress: 'box@evil.example', Recipient: 'alice@contoso.example' },
    "when the sender or a recipient is 'alice@contoso.example': sends a copy to the journal box@evil.example",
  ],
  ['Set-InboxRule', { Priority: 3, Unheard: { a: 1 } }, 'Priority: 3, Unheard: {"a":1}'],
  ['New-InboxRule', { MoveToFolder: '$& %' }, "for every mail: moves it to '$& %'"],
  ['New-InboxRule', {}, undefined],
  ['Set-Mailbox', { DeliverToMailboxAndForward: 'False', ForwardingSmtpAddress: '' }, 'no longer forwards mail'],
  ['Set-Mailbox', { ForwardingAddress: '', ForwardingSmtpAddress: null }, 'no longer forwards mail'],
  [
    'Set-Mailbox',
    { ForwardingAddress: '', ForwardingSmtpAddress: 'eve@evil.example', DeliverToMailboxAndForward: 'True' },
    'forwards all mail to eve@evil.example, keeps a copy in the mailbox',
  ],
  ['Set-InboxRule', { ForwardTo: '' }, 'sends it on to nobody'],
  [
    'UpdateInboxRules',
    { RuleOperation: 'AddMailboxRule', RuleActions: '[{"ActionType":"Forward","Recipients":["a@evil.example"]}]' },
    'forwards it to a@evil.example',
  ],
  [
    'UpdateInboxRules',
    { RuleCondition: '{"From":"bob"}', RuleActions: '[{"MoveToFolder":"RSS Feeds","MarkAsRead":"True"}]' },
    "when the sender is 'bob': moves it to 'RSS Feeds', marks it as read",
  ],
  [
    'UpdateInboxRules',
    {
      RuleOperation: 'AddMailboxRule',
      RuleState: 'Enabled, ExitAfterExecution',
      RuleName: '.',
      RuleCondition: '{}',
      RuleActions:
        '[{"ActionType":"Move","DestinationFolderId":"LgAA","FolderIsInThisStore":"True"},{"ActionType":"MarkAsRead"},{"ActionType":"Bounce"}]',
    },
    `for every mail: stops other rules, moves it to 'LgAA', marks it as read, does [{"ActionType":"Bounce"}]`,
  ],
  [
    'UpdateInboxRules',
    {
      RuleOperation: 'AddMailboxRule',
      RuleState: 'Disabled',
      RuleActions: outlookForward('PreserveSender, DoNotChangeMessage'),
    },
    'state Disabled, redirects it to a@evil.example; b@evil.example, deletes it',
  ],
  [
    'UpdateInboxRules',
    { RuleOperation: 'AddMailboxRule', RuleActions: outlookForward('ForwardAsAttachment') },
    'forwards it as an attachment to a@evil.example; b@evil.example, deletes it',
  ],
  [
    'UpdateInboxRules',
    { RuleOperation: 'AddMailboxRule', ServerRule: serverRule('RedirectToRecipientsAction') },
    'redirects it to eve@evil.example',
  ],
  // A type that stands in another member counts as well, and what a whole rule is for is told beside what it does.
  [
    'UpdateInboxRules',
    {
      ServerRule: JSON.stringify({
        Actions: [{ $type: 'RedirectToRecipientsAction', Recipients: ['eve@evil.example'] }],
        Conditions: [{ Words: ['invoice'] }],
        Exceptions: [],
      }),
    },
    'redirects it to eve@evil.example, ServerRule: [{"Conditions":[{"Words":["invoice"]}]}]',
  ],
  [
    'UpdateInboxRules',
    { RuleOperation: 'ModifyMailboxRule', RuleId: '-44', RuleState: null, RuleCondition: '{}', RuleActions: '[]' },
    'changes the rule; what it does is not recorded',
  ],
  ['UpdateInboxRules', { RuleOperation: 'RemoveMailboxRule', RuleId: '-44', RuleActions: '[]' }, 'removes the rule'],
  // What nobody knows, or what is no JSON, is said as it came.
  [
    'UpdateInboxRules',
    { RuleCondition: '{"From":', RuleActions: '[{"ActionType":"Unheard"}]' },
    'when it meets {"From":: does [{"ActionType":"Unheard"}]',
  ],
])('%s with parameters %# is told', (operation, parameters, sentence) => {
  expect(ruleSentence(operation, parameters)).toBe(sentence)
})

test("a mailbox's forwarding names where mail goes, and whether a copy stays", () => {
  const { actions, targets } = ruleWords({
    Identity: 'alice',
    ForwardingSmtpAddress: 'smtp:eve@evil.example',
    DeliverToMailboxAndForward: 'False',
  })

  expect(actions).toEqual(['forwards all mail to smtp:eve@evil.example', 'keeps no copy in the mailbox'])
  expect(targets).toEqual(['eve@evil.example'])
})

test('several targets are told one by one, and what is excepted is none', () => {
  expect(
    ruleWords({ RedirectTo: 'a@evil.example; SMTP:b@evil.example;', ExceptIfSentTo: 'c@x.example' }).targets,
  ).toEqual(['a@evil.example', 'b@evil.example'])
})

test('a target in the form that people see is its address', () => {
  const ForwardTo = '"Eve; Mallory" [SMTP:Eve@evil.example];smtp:bob@evil.example;"odd'

  expect(ruleWords({ ForwardTo }).targets).toEqual(['Eve@evil.example', 'bob@evil.example', '"odd'])
})

test('no parameter is lost: what no phrase knows is named', () => {
  const { others } = ruleWords({ ApplyHtmlDisclaimerText: '<b>', ExceptIfMoveToFolder: 'odd', constructor: 'x' })

  expect(others).toEqual(['ApplyHtmlDisclaimerText: <b>', 'ExceptIfMoveToFolder: odd', 'constructor: x'])
})

function blind() {
  return 'for every mail: sends a blind copy to a@evil.example; b@evil.example'
}

function outlookForward(flags: string): string {
  const recipients = ['a@evil.example', 'b@evil.example']
  return JSON.stringify([
    { ActionType: 'Forward', Recipients: recipients, ForwardFlags: flags },
    { ActionType: 'Delete' },
  ])
}

function serverRule(type: string): string {
  const values = [{ Value: 'Eve' }, { Value: 'eve@evil.example' }]
  return JSON.stringify({ Name: '.', Actions: [{ ActionType: type, Recipients: [{ Values: values }] }] })
}
