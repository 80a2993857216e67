import { connect, createServer, type Socket } from 'node:net'
import { listening } from './listening.ts'

/** A way to a server that can be cut and restored. */
export interface SwitchedProxy {
  readonly port: number
  isOpen: boolean
  close(): Promise<void>
}

/** Passes connections on to `target` while it is open; cutting it breaks those there are. */
export async function switchedProxy(target: URL): Promise<SwitchedProxy> {
  const sockets = new Set<Socket>()
  let isOpen = true
  const server = createServer((socket) => {
    if (!isOpen) return void socket.destroy()
    const onward = connect(Number(target.port), target.hostname)
    for (const [from, to] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      sockets.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.pipe(to)
    }
  })
  return {
    port: await listening(server),
    get isOpen() {
      return isOpen
    },
    set isOpen(open) {
      isOpen = open
      if (!open) for (const socket of sockets) socket.destroy()
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
