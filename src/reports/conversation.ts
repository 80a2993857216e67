import type { EcsDocument } from '../document.ts'
import { auditText } from './raw.ts'

/** In which channel or chat of Teams something was done: what has a name is called by it, a chat by its id too, for that is what is asked for. */
export function conversationOf(document: EcsDocument): string | undefined {
  const channel = [auditText(document, 'TeamName'), auditText(document, 'ChannelName')].filter(
    (name) => name !== undefined,
  )
  if (channel.length > 0) return channel.join(', ')
  const chat = [
    auditText(document, 'CommunicationType'),
    auditText(document, 'ChatName'),
    auditText(document, 'ChatThreadId'),
  ]
  return chat.filter((part) => part !== undefined).join(' ') || undefined
}
