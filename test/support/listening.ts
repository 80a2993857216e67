import type { Server as HttpServer } from 'node:http'
import type { AddressInfo, Server } from 'node:net'

/** The port, on 127.0.0.1, at which the server listens from here on. */
export async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** Closes the server, and the connections that clients keep open. */
export async function closed(server: HttpServer): Promise<void> {
  const isClosed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await isClosed
}
