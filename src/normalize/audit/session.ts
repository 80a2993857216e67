import { text } from '../readers.ts'
import type { Reader } from '../table.ts'
import { deviceProperty } from './name-values.ts'
import { within } from './within.ts'

const sources = [text('SessionId'), deviceProperty('SessionId'), within('AppAccessContext', 'AADSessionId')]
const none = '00000000-0000-0000-0000-000000000000'

/** Exchange's SessionId is Entra's DeviceProperties.SessionId and AADSessionId: it links what was done to its logon. */
export const session: Reader<string> = (record, activity) => {
  for (const read of sources) {
    const id = read(record, activity)
    if (id !== undefined && id !== none) return id
  }
  return undefined
}
