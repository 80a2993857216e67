import { request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import type { Socket } from 'node:net'
import { buildConnector } from 'undici'

/** Makes what connects to a server: by what it must be vouched for, and by what it knows us. */
export type ConnectorMaker = (tls: buildConnector.BuildOptions) => buildConnector.connector

const patienceMs = 10_000

/**
 * Connects straight, or through an HTTP proxy, which only passes on what is encrypted from end to end (CONNECT): for servers that are asked by
 * https. Credentials of the proxy stand in its URL, and are in no error.
 */
export function connectorMaker(proxy: string | undefined): ConnectorMaker {
  if (proxy === undefined) return buildConnector
  const url = new URL(proxy)
  return (tls) => {
    const encrypt = buildConnector({ ...tls, allowH2: false })
    return (options, callback) => {
      tunnel(url, `${options.hostname}:${options.port === '' ? 443 : options.port}`).then(
        (httpSocket) => encrypt({ ...options, httpSocket }, callback),
        (error: Error) => callback(error, null),
      )
    }
  }
}

function tunnel(proxy: URL, target: string): Promise<Socket> {
  const isTls = proxy.protocol === 'https:'
  const request = isTls ? requestTls : requestPlain
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const asked = request({
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port === '' ? (isTls ? 443 : 80) : Number(proxy.port),
    method: 'CONNECT',
    path: target,
    headers: { host: target, ...authorizationOf(proxy) },
    agent: false,
    timeout: patienceMs,
  })
  asked.on('connect', ({ statusCode }, socket) => {
    if (statusCode === 200) return resolve(socket)
    socket.destroy()
    const advice = statusCode === 407 ? ': put credentials into its URL' : ''
    reject(new Error(`the proxy ${proxy.host} answers HTTP ${statusCode} when asked for ${target}${advice}`))
  })
  asked.on('timeout', () => asked.destroy(new Error(`the proxy ${proxy.host} does not answer`)))
  asked.on('error', (cause) => reject(new Error(`no connection through the proxy ${proxy.host}: ${cause.message}`)))
  asked.end()
  return promise
}

function authorizationOf({ username, password }: URL): Record<string, string> {
  if (username === '') return {}
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }
}
