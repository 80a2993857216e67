import type { Json, JsonObject } from '../activity.ts'
import type { StoredActivity } from '../case/reader.ts'
import { isOnItsWay } from '../sources/files/shapes/message-trace.ts'
import { plain } from './near-rows.ts'

/** What a trace's own id, and that of an event on the way of a mail, are called where they are. */
const ids = /message[ _]?trace[ _]?id|network[ _]?message[ _]?id|event[ _-]?id|"id"/i

/** In which columns two traces of one mail say one text, or one of them none. */
export const alikeInTraces = { MessageId: 'MessageId', Subject: 'Subject', SenderAddress: 'SenderAddress' }

/** What else is read of two traces, whether both say it or not. */
export const readInTraces = ['EventId', 'RecipientAddress', 'Status']

/** Whether a message trace stands where ids of traces were left out: in a table without such a column, or as an object without such a member. */
export function isNamelessTrace({ dataset, evidence: { format }, content }: StoredActivity): boolean {
  return dataset === 'o365.messagetrace' && !ids.test('columns' in format ? JSON.stringify(format.columns) : content)
}

/** Whether a trace is of the mail and the recipients of a row without its id, of the same second; one that is on its way became something since. */
export function saysTrace(record: JsonObject, row: JsonObject): boolean {
  if (record['EventId'] !== undefined) return false
  const said = (name: string) => [bare(record[name]), bare(row[name])] as const
  const isSaid = (name: string) => !said(name).includes('')
  const [own, told] = said('Status')
  return (
    listOf(record['RecipientAddress']) === listOf(row['RecipientAddress']) &&
    (isSaid('MessageId') || (isSaid('Subject') && isSaid('SenderAddress'))) &&
    ['MessageId', 'Subject', 'SenderAddress'].every((name) => !isSaid(name) || said(name)[0] === said(name)[1]) &&
    // `Deliver` in reports, `Delivered` elsewhere.
    (own.startsWith(told) || told.startsWith(own) || isOnItsWay(own) || isOnItsWay(told))
  )
}

/** Traces may leave out the brackets of an id. */
function bare(value: Json | undefined): string {
  return plain(value).replace(/^<(.*)>$/, '$1')
}

function listOf(value: Json | undefined): string {
  return [value ?? null].flat().map(plain).toSorted().join(';')
}
