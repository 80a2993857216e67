import { lower, type Reader, text } from '../table.ts'

const owner = text('MailboxOwnerUPN')
const posed = text('SendAsUserSmtp', 'SendOnBehalfOfUserSmtp')

// Only of these is it sure in whose name the mail left: of SendAs and SendOnBehalf the owner may be either of the two.
const senders: ReadonlyMap<string, Reader<string>> = new Map([
  ['send', lower(owner)],
  ['sendas', lower(posed)],
  ['sendonbehalf', lower(posed)],
])

/** In whose name a mail was sent, where the record leaves no doubt. */
export const sentFrom: Reader<string> = (record, activity) => {
  const from = senders.get(activity.operation.trim().toLowerCase())?.(record, activity)
  return from?.includes('@') ? from : undefined
}
