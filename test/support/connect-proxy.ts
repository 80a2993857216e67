import { createServer } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { listening } from './listening.ts'

/** An HTTP proxy that passes connections on (CONNECT), to whoever knows its credentials if it has any. */
export async function connectProxy(credentials?: string) {
  const targets: string[] = []
  const sockets = new Set<Duplex>()
  const server = createServer((_, response) => void response.writeHead(405).end())
  server.on('connect', (asked, socket) => {
    sockets.add(socket)
    const expected = credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`
    if (asked.headers['proxy-authorization'] !== expected) {
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    }
    const target = asked.url ?? ''
    targets.push(target)
    const [host, port] = target.split(':')
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    sockets.add(onward)
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
  })
  const host = `127.0.0.1:${await listening(server)}`
  return {
    host,
    /** What connections were asked for, as `host:port`. */
    targets,
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
