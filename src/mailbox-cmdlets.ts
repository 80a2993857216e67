// Their nouns: the Exchange cmdlets on one mailbox, or on what is in it.
const onMailbox = /-(Mailbox|CASMailbox|InboxRule|Recipient|User|MoveRequest|Sweep)/i

/** In which of a cmdlet's parameters the mailbox is named: by its address, its id, or any other of its names. */
export const mailboxParameters = ['Identity', 'Mailbox'] as const

/** Whether an operation is a cmdlet on one mailbox, which its parameters name. */
export function isOnMailbox(operation: string): boolean {
  return operation.includes('-') && onMailbox.test(operation)
}
