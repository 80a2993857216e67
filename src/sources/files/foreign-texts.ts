const asJson = 'ConvertTo-Json -Depth 10'

/** How a text looks, and what it is and what to do. The first that fits is meant. */
const texts: readonly (readonly [looks: RegExp, reason: string])[] = [
  [
    /^(?:<\?xml[^>]*>\s*)?<SearchResults\b/,
    'what Exchange sends of an audit log that it searched, and no event in it: it found none',
  ],
  [
    /^#Software: Microsoft Internet Information Services/,
    'requests to a web server: of Exchange Server its mailbox audit log tells what was done in mailboxes (Search-MailboxAuditLog -ShowDetails)',
  ],
  [
    /^#Software: Microsoft Exchange Server/,
    'a log of Exchange Server that is not read: message tracking logs (MSGTRK) are, and the mailbox audit log tells what was done in mailboxes (Search-MailboxAuditLog -ShowDetails)',
  ],
  [/^<(?:!DOCTYPE )?html\b/i, 'a web page: save what it shows as CSV or JSON'],
  [/^<(?:\?xml\b|[A-Za-z_][\w:.-]*[\s>])/, 'XML: save it as CSV or JSON'],
  [
    /^(?:AuditData|CreationDate|Operations?|LastAccessed|RunDate|CmdletName|CreatedDateTime|UserPrincipalName|MessageTraceId|SessionId) +: /m,
    `what PowerShell shows on a screen (Format-List), broken into lines: save it with Export-Csv or ${asJson}`,
  ],
  [
    /^(?:RecordType|CreationDate|LastAccessed|RunDate|Time[Ss]tamp|CreatedDateTime|Received) +\w.*\r?\n-+ +-/,
    `what PowerShell shows on a screen (Format-Table), cut to its width: save it with Export-Csv or ${asJson}`,
  ],
  [
    /^(?:Return-Path|Received|Delivered-To|X-[\w-]+|MIME-Version|From|Date|Message-ID): /i,
    'a mail (.eml): what was in a mailbox, not who read it and when',
  ],
]

/** Why a text that is neither CSV nor JSON cannot be read, where that is known. */
export function foreignReasonOf(text: string): string | undefined {
  const own = text.replace(/^\uFEFF/, '').trimStart()
  return texts.find(([looks]) => looks.test(own))?.[1]
}
