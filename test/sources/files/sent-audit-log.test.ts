import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { discovered, only, textOf } from '../../support/discovered.ts'
import { fileOf } from '../../support/folder.ts'
import { documentsOf } from '../../support/read-documents.ts'

const sent = (...events: readonly string[]) =>
  `<?xml version="1.0" encoding="utf-8"?>\r\n<SearchResults>\r\n  ${events.join('\r\n  ')}\r\n</SearchResults>`
const mailbox =
  'MailboxGuid="6d4fbdae-0000-4000-8000-000000000001" Owner="CONTOSO\\alice" MailboxOwnerUPN="alice@contoso.example"'
const client = 'ClientInfoString="Client=OWA;Action=ViaProxy" ClientIPAddress="2001:db8::7" OperationResult="Succeeded"'
const opened = `<Event ${mailbox} LastAccessed="2019-04-30T11:02:55Z" Operation="MessageBind" ItemId="Rg0" ItemSubject="A &amp; B"
  LogonType="Delegate" FolderPathName="\\Inbox" ${client} LogonUserDisplayName="Bob Marsh" />`
const purged = `<Event ${mailbox} LastAccessed="2019-04-30T11:01:55.140625-07:00" Operation="HardDelete" LogonType="Admin"
  FolderPathName="\\Deletions" ${client} LogonUserDN="Administrator">
  <SourceItems><Item Id="Rg1" Subject="Invoice, again" FolderPathName="\\Deletions" />
  <Item Id="Rg2" Subject="Hello" FolderPathName="\\Drafts" /></SourceItems></Event>`
const moved = `<Event ${mailbox} LastAccessed="2019-04-30T11:03:55Z" Operation="Move" LogonType="Owner" ${client}>
  <SourceFolders><Folder Id="F1" PathName="\\Inbox\\Bank" /></SourceFolders></Event>`
const forwarded = `<Event Caller="contoso.example/Users/Mallory" Cmdlet="Set-Mailbox" RunDate="2019-10-18T15:48:15-07:00" Succeeded="true">
  <CmdletParameters><Parameter Name="Identity" Value="alice@contoso.example" />
  <Parameter Name="ForwardingSmtpAddress" Value="smtp:mallory@fabrikam.example" /></CmdletParameters>
  <ModifiedProperties><Property Name="ForwardingSmtpAddress" OldValue="" NewValue="smtp:mallory@fabrikam.example" />
  </ModifiedProperties></Event>`

async function linesOf(text: string | Buffer) {
  const content = only(await discovered([fileOf(text, 'SearchResult.xml')]))
  const { text: lines, error } = await textOf(content)
  return { content, lines: lines.toString(), error }
}

test('a mailbox audit log that Exchange sent says whose mails were opened, deleted and moved, by whom and from where', async () => {
  const utf16 = Buffer.from(`\ufeff${sent(opened, purged, moved)}`, 'utf16le')

  const { content, lines } = await linesOf(utf16)

  const { documents, shape } = await documentsOf(lines)
  expect(shape).toBe('mailbox-audit-json')
  const from = { 'hoofprint.mailbox': 'alice@contoso.example', 'source.ip': '2001:db8::7' }
  expect(documents).toMatchObject([
    {
      ...{ ...from, '@timestamp': '2019-04-30T11:02:55.000Z', 'hoofprint.category': 'read', 'user.id': 'Bob Marsh' },
      ...{ 'email.subject': 'A & B', 'hoofprint.folder': ['\\Inbox'] },
    },
    {
      ...{ ...from, '@timestamp': '2019-04-30T18:01:55.000Z', 'hoofprint.category': 'delete', 'hoofprint.messages': 2 },
      ...{ 'email.subject': ['Invoice, again', 'Hello'], 'user.id': 'Administrator' },
      'hoofprint.folder': ['\\Deletions', '\\Drafts'],
    },
    {
      ...from,
      'hoofprint.category': 'move',
      'hoofprint.folder': ['\\Inbox\\Bank'],
      'user.id': 'alice@contoso.example',
    },
  ])
  expect((await content.hash(new AbortController().signal)).sha256).toBe(
    createHash('sha256').update(utf16).digest('hex'),
  )
})

test('an administrator audit log that Exchange sent says which cmdlets were run with what', async () => {
  const { documents, shape } = await documentsOf((await linesOf(sent(forwarded))).lines)

  expect(shape).toBe('admin-audit-json')
  expect(documents).toMatchObject([
    {
      ...{ '@timestamp': '2019-10-18T22:48:15.000Z', 'hoofprint.category': 'forward', 'event.outcome': 'success' },
      ...{ 'hoofprint.mailbox': 'alice@contoso.example', 'email.to.address': ['mallory@fabrikam.example'] },
    },
  ])
})

test('what breaks off is read as far as it goes, and told', async () => {
  const whole = sent(opened, purged)

  const { lines, error } = await linesOf(whole.slice(0, whole.indexOf('Rg2')))

  expect(
    lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([{ Operation: 'MessageBind' }])
  expect(error).toContain('damaged')
})
