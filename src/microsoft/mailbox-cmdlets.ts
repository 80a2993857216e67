// Their nouns: the Exchange cmdlets on one mailbox, or on what is in it.
const onMailbox = /-(Mailbox|CASMailbox|InboxRule|Recipient|User|MoveRequest|Sweep)/i

/** In which of a cmdlet's parameters the mailbox is named: by its address, its id, or any other of its names. */
export const mailboxParameters = ['Identity', 'Mailbox'] as const

/** Whether an operation is a cmdlet on one mailbox, which its parameters name. */
export function isOnMailbox(operation: string): boolean {
  return operation.includes('-') && onMailbox.test(operation)
}

// Exchange names an object by its place in the forest, a rule or a folder behind its mailbox: `…/contoso.onmicrosoft.com/288fc35b-…\17639250888751054849`, `288fc35b-…:\Inbox`.
const objectForm = /(?:^|\/)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?::?\\.*)?$/is

/** The id that an object of Exchange is named by, in lower case; nothing where it is named otherwise. That of a user's is his in Entra. */
export function objectIdIn(name: string): string | undefined {
  return objectForm.exec(name)?.[1]?.toLowerCase()
}
