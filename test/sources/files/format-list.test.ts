import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { formatListLines, isFormatList } from '#src/sources/files/format-list.ts'
import { discovered, only, textOf } from '../../support/discovered.ts'
import { fileOf } from '../../support/folder.ts'
import { documentsOf } from '../../support/read-documents.ts'

const rules = `

Description    : If the message:
                     the message was received from 'x'
                 Take the following actions:
                     forward the message to 'eve@evil.example'

Enabled        : True
Name           : .
ForwardTo      : {"Eve" [SMTP:eve@evil.example], "Mal" [SMTP:mal@evil.example], "Cy" [SMTP:cy@evil.example], 
                 "Dee" [SMTP:dee@evil.example]...}
MailboxOwnerId : somebody-with-a-name-that-is-longer-than-the-window-of-whoever-looked-at-all-of-this-and-mor
                 e@contoso.example

Description    : 
Enabled        : False
Name           : two
ForwardTo      : 
MailboxOwnerId : bob

`

const readOf = async (text: string | Buffer) => {
  const content = only(await discovered([fileOf(text, '20260312-120000-rules.txt')]))
  const { sha256 } = await content.hash(new AbortController().signal)
  expect(sha256).toBe(createHash('sha256').update(text).digest('hex'))
  return documentsOf((await textOf(content)).text.toString(), '20260312-120000-rules.txt')
}

test('what PowerShell shows of a list of rules is read, lines of one value as one, and a list that it cut as cut', async () => {
  for (const text of [rules, rules.replaceAll('\n', '\r\n'), Buffer.from(`\ufeff${rules}`, 'utf16le')]) {
    const { shape, documents, cut } = await readOf(text)

    expect([shape, cut]).toEqual(['inbox-rules', [true, false]])
    expect(documents).toMatchObject([
      {
        'hoofprint.mailbox':
          'somebody-with-a-name-that-is-longer-than-the-window-of-whoever-looked-at-all-of-this-and-more@contoso.example',
        'hoofprint.rule.summary':
          "If the message: the message was received from 'x' Take the following actions: forward the message to 'eve@evil.example'",
        'email.to.address': ['eve@evil.example', 'mal@evil.example', 'cy@evil.example', 'dee@evil.example'],
      },
      {
        'hoofprint.mailbox': 'bob',
        'rule.name': 'two',
        'o365.state': { Enabled: 'False', MailboxOwnerId: 'bob', Name: 'two' },
      },
    ])
  }
})

test('objects of another kind, with names of another width, are objects of their own', async () => {
  const lines: string[] = []
  const text = 'Name : a\nMailboxOwnerId : x\n\nUserPrincipalName     : b\nForwardingSmtpAddress : c\n'

  for await (const line of formatListLines(bytesOf(text.replace('Name : a', 'Name           : a'))))
    lines.push(String(line))

  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { Name: 'a', MailboxOwnerId: 'x' },
    { UserPrincipalName: 'b', ForwardingSmtpAddress: 'c' },
  ])
})

test('a text with colons is none', () => {
  for (const text of ['Name : a\nDate : b\n', 'Note : see below\nEnabled : True\n', 'Subject: x\nMailboxOwnerId: y\n'])
    expect(isFormatList(Buffer.from(text))).toBe(false)
})

test('an object that is too large to be held ends what is read, with the reason', async () => {
  const text = `Name           : a\n${'                 x'.repeat(600_000)}\nMailboxOwnerId : b\n`

  await expect(async () => {
    for await (const _ of formatListLines(bytesOf(text.replaceAll('x ', 'x\n '))));
  }).rejects.toThrow('an object in it is too large')
})

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  for (let at = 0; at < text.length; at += 100_000) yield Buffer.from(text.slice(at, at + 100_000))
}
