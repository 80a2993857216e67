import { remember } from '../../remember.ts'
import { firstOf, madeOf, type Reader, text } from '../table.ts'

const line = firstOf(text('ClientInfoString'), text('ActorInfoString'))

const clientsKept = 500

/** What a client's own line says besides its user agent, whose place is `user_agent.original`. */
const infoIn = remember(clientsKept, (info: string) => {
  const clients = valuesOf('Client', info)
  const [protocol = clients.length > 1 ? clients[0] : undefined] = valuesOf('Protocol', info)
  return { name: clients.at(-1), protocol, appId: /\[AppId=([\da-f-]{36})\]/i.exec(info)?.[1] }
})

const infoOf = madeOf(line, infoIn)

/** The client by Exchange's name for it, such as `OWA` or `MSExchangeRPC`; the second of `Client=REST;Client=RESTSystem`. */
export const clientName: Reader<string> = (record, activity) => infoOf(record, activity)?.name

/** What the client spoke where its line says so, such as `IMAP4`; the first of `Client=REST;Client=RESTSystem`. */
export const clientProtocol: Reader<string> = (record, activity) => infoOf(record, activity)?.protocol

/** The application's id, as in `Client=REST;Something[AppId=…];`. */
export const clientAppId: Reader<string> = (record, activity) => infoOf(record, activity)?.appId

function valuesOf(key: string, info: string): string[] {
  const parts = info.split(';', 20).map((part) => part.trim())
  return parts
    .filter((part) => part.startsWith(`${key}=`))
    .map((part) => part.slice(key.length + 1))
    .filter((value) => value !== '')
}
