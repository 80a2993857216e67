import { expect, test } from '@jest/globals'
import { graphAddress, isGraphAddress, mailboxAsked } from '#src/microsoft/graph-address.ts'

const host = 'https://graph.microsoft.com'
const alice = '26be570a-1111-4189-b4e2-a37c6808512d'

test.each([
  ['v1.0/me/messages/AAMk=', 'me', 'messages/AAMk='],
  ['v1.0//me/messages', 'me', 'messages'],
  ['beta/users/Bob@Contoso.example/sendMail', 'bob@contoso.example', 'sendMail'],
  [
    "v1.0/users('Bob%40contoso.example')/mailFolders('Inbox')/messages",
    'bob@contoso.example',
    'mailFolders/Inbox/messages',
  ],
  [`v1.0/users/${alice.toUpperCase()}/microsoft.graph.sendMail`, alice, 'sendMail'],
  ['v1.0/me/%6Dessages/delta()', 'me', 'messages/delta'],
  ['v1.0/users/delta', undefined, 'users/delta'],
  ['v1.0/users/$count', undefined, 'users/$count'],
  ['v1.0/me/messages/AA%2FMk=', 'me', 'messages/AA%2FMk='],
  ['v1.0/me/messages/100%', 'me', 'messages/100%'],
])('of %s it is told whose it is and what of it', (path, owner, rest) => {
  expect(graphAddress(`${host}/${path}`)).toMatchObject({ owner, path: rest })
})

test('options are told by their names, with or without a dollar, encoded or not', () => {
  const { options } = graphAddress(`${host}/v1.0/me/messages?%24Search=%22wire%20transfer%22&top=5&$filter=a eq 'b?'`)

  expect([...options]).toEqual([
    ['search', '"wire transfer"'],
    ['top', '5'],
    ['filter', "a eq 'b?'"],
  ])
})

test('an address of any cloud is of Graph; one of the older directory API or of anything else is not', () => {
  const graphs = [
    `${host}/v1.0/me`,
    'https://dod-graph.microsoft.us/v1.0/me',
    '/beta/me',
    'https://microsoftgraph.chinacloudapi.cn/v1.0/me',
  ]
  const others = [
    'https://graph.windows.net/contoso.example/users',
    'https://www.contoso.example/v1.0/me',
    'me/messages',
    '',
  ]

  expect(graphs.map(isGraphAddress)).toEqual(graphs.map(() => true))
  expect(others.map(isGraphAddress)).toEqual(others.map(() => false))
})

test.each([
  ['me/messages', alice],
  ['users/bob@contoso.example/messages', 'bob@contoso.example'],
  ['users/bob@contoso.example/drive/root', 'bob@contoso.example'],
  ['users/bob@contoso.example/manager', alice],
  ['users', alice],
])('of %s the mailbox is %s', (path, mailbox) => {
  expect(mailboxAsked(graphAddress(`${host}/v1.0/${path}`), alice.toUpperCase())).toBe(mailbox)
})

test('what an application asked for itself, of nobody, is of no mailbox', () => {
  expect(mailboxAsked(graphAddress(`${host}/v1.0/users`), undefined)).toBe('')
})
