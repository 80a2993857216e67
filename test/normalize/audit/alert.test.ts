import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { documentOfAudit } from '../../support/audit.ts'

test.each<[JsonObject['x'], string | undefined]>([
  [15, 'AzureActiveDirectoryStsLogon'],
  ['50', 'ExchangeItemAggregated'],
  [275, 'OWAAuth'],
  [463, 'VivaGlintAgenticCampaign'],
  ['2.0', 'ExchangeItem'],
  ['ExchangeAdmin', 'ExchangeAdmin'],
  [99999, '99999'],
  [0, '0'],
  ['', undefined],
  [null, undefined],
  [{}, undefined],
])('the record type %j is %s', (RecordType, name) => {
  expect(documentOfAudit({ RecordType })['event.code']).toBe(name)
})

test('an alert that no table lists is an alert by its type', () => {
  const document = documentOfAudit({
    ...{ Operation: 'Unheard', RecordType: 40, Severity: 'High', Name: 'Rule', PolicyId: 'p', Category: 'c' },
    ...{ Comments: 'New alert', AlertLinks: [{ AlertLinkHref: '' }, {}] },
  })

  expect(document).toMatchObject({
    'event.kind': 'alert',
    'event.severity': 4,
    'rule.name': 'Rule',
    'rule.id': 'p',
    'rule.category': 'c',
    message: 'New alert',
    'hoofprint.category': 'other',
  })
  expect(document['rule.reference']).toBeUndefined()
})

test('of several matched rules all are named, and the most severe counts', () => {
  const PolicyDetails = [
    {
      Rules: [
        { RuleName: 'a', RuleId: '1', Severity: 'Low' },
        { RuleName: 'b', RuleId: '2', Severity: 'Medium' },
      ],
    },
    { Rules: { RuleName: 'a', Severity: 'x' } },
    'no policy',
  ]

  const document = documentOfAudit({ Operation: 'DlpRuleMatch', RecordType: 13, PolicyDetails })

  expect(document['rule.name']).toEqual(['a', 'b'])
  expect(document['rule.id']).toEqual(['1', '2'])
  expect(document['event.severity']).toBe(3)
})

test('a name and a category are those of a rule only where an alert has them', () => {
  const document = documentOfAudit({
    Operation: 'FileAccessed',
    RecordType: 6,
    Name: 'x',
    Category: 'y',
    Severity: 'z',
  })

  expect(document['rule.name']).toBeUndefined()
  expect(document['rule.category']).toBeUndefined()
  expect(document['event.severity']).toBeUndefined()
  expect(document['event.kind']).toBe('event')
})

test('of a mail that leaked an alert tells from whom and to whom it went, and from where', () => {
  const document = documentOfAudit({
    ...{ Operation: 'AlertEntityGenerated', RecordType: 40, UserId: 'SecurityComplianceAlerts' },
    Data: JSON.stringify({
      ...{ etype: 'DlpRuleMatch', eid: 'e', mfrm: 'bob@contoso.example', sip: '203.0.113.66', ecip: '198.51.100.7' },
      ...{ to: 'eve@fabrikam.example', cc: 'carol@fabrikam.example,dave@fabrikam.example' },
    }),
  })

  expect(document['email.from.address']).toEqual(['bob@contoso.example'])
  expect(document['email.to.address']).toEqual(['eve@fabrikam.example'])
  expect(document['email.cc.address']).toEqual(['carol@fabrikam.example', 'dave@fabrikam.example'])
  expect(document['related.ip']).toEqual(['203.0.113.66', '198.51.100.7'])
  expect(document).not.toHaveProperty('source.ip')
})

test.each([
  ['User', ['mallory@contoso.example']],
  ['MailMessage', []],
])('what an alert is about is a user where it says so: %s', (etype, users) => {
  const Data = JSON.stringify({ etype, eid: 'mallory@contoso.example' })

  const document = documentOfAudit({ Operation: 'AlertEntityGenerated', RecordType: 40, Data }, '')

  expect(document['related.user']?.filter((user) => user.includes('@'))).toEqual(users)
})

test('the label of a mail tells whose mail it is and to whom it goes, that of a file nothing of the like', () => {
  const label = { Operation: 'MipLabel', RecordType: 43, ItemName: 'Offer', Sender: 'alice@contoso.example' }

  const mail = documentOfAudit({ ...label, Receivers: ['eve@fabrikam.example', 'bob@contoso.example'] })
  const file = documentOfAudit(label)

  expect(mail['email.to.address']).toEqual(['eve@fabrikam.example', 'bob@contoso.example'])
  expect(mail['email.from.address']).toEqual(['alice@contoso.example'])
  expect(mail['email.subject']).toBe('Offer')
  expect(file).not.toHaveProperty('email.subject')
  expect(file).not.toHaveProperty('email.from.address')
})
