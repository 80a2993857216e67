import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { findJava } from './java.ts'
import { homeOf } from './maven.ts'
import type { Started } from './starter.ts'

const run = promisify(execFile)
const patienceMs = 180_000

// Ends the whole process group once standard input closes: also when this process is killed before it could tidy up.
const untilClosed = 'exec 3<&0; { read _ <&3; kill -9 0; } & exec "$@" 3<&- </dev/null'

/**
 * Java's best compiler pays for itself in hours: without it what tests ask took a tenth to a quarter less time. The garbage collector stays
 * as it is, for without G1 searches are refused once garbage fills the heap.
 */
const javaOptions = {
  briefly: ['-XX:TieredStopAtLevel=1'],
  long: [],
} as const

/** What one server has other than all. */
export interface Wishes {
  /** Lines of elasticsearch.yml. */
  readonly settings?: readonly string[]
  /** More files of the folder of the configuration, by name. */
  readonly files?: Readonly<Record<string, string>>
  /** How Java runs it; for a short life where nothing is said. */
  readonly java?: keyof typeof javaOptions
  /** Says when it is up; it has no other way to know where security keeps strangers out. */
  readonly isUp?: (address: string) => Promise<boolean>
}

/** A server that can be ended without a word, and begun again on the same data and port. */
export interface Restartable extends Started {
  kill(): Promise<void>
  restart(): Promise<void>
}

/** Elasticsearch on Java, from Maven Central: the server without some modules, which needs neither Docker nor root. */
export async function startDistribution(version: string, wishes: Wishes = {}): Promise<Restartable> {
  const home = await homeOf(version)
  const java = await findJava(version.startsWith('8.') ? 17 : 21)
  const folder = mkdtempSync(join(tmpdir(), 'hoofprint-elasticsearch-'))
  const user = await userToBe()
  configure(folder, home, { user, wishes, port: await freePort() })
  const how = { home, java, user, options: javaOptions[wishes.java ?? 'briefly'] }
  let server = launch(folder, how)
  const isUp = wishes.isUp ?? isHealthy
  const stop = () => end(server, folder)
  const killed = async () => {
    const over = new Promise((resolve) => server.once('exit', resolve))
    server.stdin?.destroy() // Ends the process group with SIGKILL.
    await over
  }
  try {
    const address = await addressOf(server, folder, isUp)
    return {
      name: `Elasticsearch ${version}`,
      url: `http://${address}`,
      stop,
      kill: killed,
      async restart() {
        rmSync(portsOf(folder))
        server = launch(folder, how)
        await addressOf(server, folder, isUp)
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

interface How {
  readonly home: string
  readonly java: string
  readonly user: User | undefined
  readonly options: readonly string[]
}

function launch(folder: string, { home, java, user, options }: How) {
  const output = openSync(outputOf(folder), 'a')
  return spawn('sh', ['-c', untilClosed, 'sh', ...as(user), join(home, 'bin', 'elasticsearch')], {
    detached: true, // A process group of its own, which can be ended as one.
    stdio: ['pipe', output, output],
    env: {
      PATH: process.env['PATH'],
      ES_JAVA_HOME: java,
      ES_JAVA_OPTS: ['-Xms512m', '-Xmx512m', ...options].join(' '),
      ES_PATH_CONF: join(folder, 'config'),
      ES_TMPDIR: join(folder, 'tmp'),
    },
  })
}

interface User {
  readonly uid: number
  readonly gid: number
}

/** Elasticsearch refuses to run as root: then it runs as nobody. */
async function userToBe(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, 'nobody'])))
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) }
}

function as(user: User | undefined): string[] {
  return user === undefined ? [] : ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
}

/** All that is written lies in `folder`, so that runs can share the distribution. */
function configure(
  folder: string,
  home: string,
  { user, wishes, port }: { user: User | undefined; wishes: Wishes; port: number },
): void {
  const config = join(folder, 'config')
  cpSync(join(home, 'config'), config, { recursive: true })
  for (const name of ['data', 'logs', 'tmp']) mkdirSync(join(folder, name))
  writeFileSync(
    join(config, 'elasticsearch.yml'),
    [
      'discovery.type: single-node',
      'network.host: 127.0.0.1',
      `http.port: ${port}`,
      'transport.port: 0',
      'node.portsfile: true',
      ...(wishes.settings ?? ['xpack.security.enabled: false']),
      'cluster.routing.allocation.disk.threshold_enabled: false',
      `path.data: ${join(folder, 'data')}`,
      `path.logs: ${join(folder, 'logs')}`,
      '',
    ].join('\n'),
  )
  for (const [name, content] of Object.entries(wishes.files ?? {})) writeFileSync(join(config, name), content)
  if (user === undefined) return
  for (const path of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
    chownSync(join(folder, path), user.uid, user.gid)
  }
}

/** The address, once it answers. The server writes it to a file as soon as it has a port. */
async function addressOf(
  server: ChildProcess,
  folder: string,
  isUp: (address: string) => Promise<boolean>,
): Promise<string> {
  const ports = portsOf(folder)
  const deadline = Date.now() + patienceMs
  while (Date.now() < deadline) {
    if (server.exitCode !== null || server.signalCode !== null) break
    await sleep(200)
    if (!existsSync(ports)) continue
    const address = readFileSync(ports, 'utf8')
      .split('\n')
      .find((line) => line.startsWith('127.'))
    if (address !== undefined && (await isUp(address))) return address
  }
  throw new Error(`Elasticsearch did not come up. It said: ${readFileSync(outputOf(folder), 'utf8').slice(-2000)}`)
}

/**
 * One that stays the same when the server is begun again, below those that systems give to whoever asks for any: the server takes it
 * seconds later, and other tests ask for some in the meantime.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    const probe = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!isFree) continue
    await new Promise((resolve) => probe.close(resolve))
    return port
  }
}

async function isHealthy(address: string): Promise<boolean> {
  return (await fetch(`http://${address}/_cluster/health`).catch(() => undefined))?.ok === true
}

function portsOf(folder: string): string {
  return join(folder, 'logs', 'http.ports')
}

function outputOf(folder: string): string {
  return join(folder, 'output')
}

async function end(server: ChildProcess, folder: string): Promise<void> {
  const isOver = server.exitCode !== null || server.signalCode !== null
  const over = isOver ? undefined : new Promise((resolve) => server.once('exit', resolve))
  server.stdin?.destroy()
  await over
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}
