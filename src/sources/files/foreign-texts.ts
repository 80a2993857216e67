interface Foreign {
  readonly looks: RegExp
  /** What it is, and what to do. */
  readonly reason: string
}

const asJson = 'ConvertTo-Json -Depth 10'

// The first that fits is meant.
const texts: readonly Foreign[] = [
  {
    looks: /^(?:<\?xml[^>]*>\s*)?<SearchResults\b/,
    reason: 'what Exchange sends of an audit log that it searched, and no event in it: it found none',
  },
  {
    looks: /^#Software: Microsoft Internet Information Services/,
    reason:
      'requests to a web server: of Exchange Server its mailbox audit log tells what was done in mailboxes (Search-MailboxAuditLog -ShowDetails)',
  },
  {
    looks: /^#Software: Microsoft Exchange Server/,
    reason:
      'a log of Exchange Server that is not read: message tracking logs (MSGTRK) are, and the mailbox audit log tells what was done in mailboxes (Search-MailboxAuditLog -ShowDetails)',
  },
  { looks: /^<(?:!DOCTYPE )?html\b/i, reason: 'a web page: save what it shows as CSV or JSON' },
  { looks: /^<(?:\?xml\b|[A-Za-z_][\w:.-]*[\s>])/, reason: 'XML: save it as CSV or JSON' },
  {
    looks:
      /^(?:AuditData|CreationDate|Operations?|LastAccessed|RunDate|CmdletName|CreatedDateTime|UserPrincipalName|MessageTraceId|SessionId) +: /m,
    reason: `what PowerShell shows on a screen (Format-List), broken into lines: save it with Export-Csv or ${asJson}`,
  },
  {
    looks: /^(?:RecordType|CreationDate|LastAccessed|RunDate|Time[Ss]tamp|CreatedDateTime|Received) +\w+.*\r?\n-+ +-+/,
    reason: `what PowerShell shows on a screen (Format-Table), cut to its width: save it with Export-Csv or ${asJson}`,
  },
  {
    looks: /^(?:Return-Path|Received|Delivered-To|X-[\w-]+|MIME-Version|From|Date|Message-ID): /i,
    reason: 'a mail (.eml): what was in a mailbox, not who read it and when',
  },
]

/** Why a text that is neither CSV nor JSON cannot be read, where that is known. */
export function foreignReasonOf(text: string): string | undefined {
  const own = text.replace(/^\uFEFF/, '').trimStart()
  return texts.find(({ looks }) => looks.test(own))?.reason
}
