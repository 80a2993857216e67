import { basename, isAbsolute, relative, resolve } from 'node:path'
import { isatty } from 'node:tty'
import pino from 'pino'
import { type Config, configOf, type Given } from '../config/config.ts'
import { realDeps } from '../deps.ts'
import type { ConfigError } from '../errors.ts'
import type { Job } from '../job.ts'
import { type Progress, silent } from '../progress.ts'
import { visibleJson, visibleLines } from '../reports/visible.ts'
import { wrapped } from '../reports/wrapped.ts'
import { columnsOf } from './columns.ts'
import { terminalProgress } from './terminal-progress.ts'

/** An option that takes a value. */
export function taking(valueHint: string, description: string) {
  return { type: 'string', description, valueHint } as const
}

/** Options that every command takes. */
export const commonArgs = {
  case: taking('DIR', 'The case folder (default: ./case)'),
  config: taking('FILE', 'A YAML file with these options'),
  json: { type: 'boolean', description: 'Print the result as JSON' },
  quiet: { type: 'boolean', description: 'Print nothing but errors' },
} as const

/** Asks for the file of ECS documents, however large the case. */
export const ndjsonArg = {
  type: 'boolean',
  description: 'Write the ECS documents as NDJSON too, however many (up to 50,000 they are written anyway)',
} as const

/** Options of the commands that talk to Elasticsearch. Credentials come from the environment or a file, never from here. */
export const elasticsearchArgs = {
  elasticsearch: taking(
    'URL',
    'Where Elasticsearch is (or ELASTICSEARCH_URL; credentials: ELASTICSEARCH_API_KEY, or _USERNAME and _PASSWORD)',
  ),
  namespace: taking('NAME', 'Last part of the data streams, logs-o365.activity-<namespace> (default: hoofprint)'),
  'insecure-http': {
    type: 'boolean',
    description: 'Allow plain HTTP to another machine: whoever listens reads all of it',
  },
} as const

/** Options of the commands that say where an address is. */
export const databaseArgs = {
  'geo-db': taking('FILE', 'Your own database of places, .mmdb of MaxMind, DB-IP or IPinfo (or HOOFPRINT_GEO_DB)'),
  'asn-db': taking('FILE', 'Your own database of networks, .mmdb (or HOOFPRINT_ASN_DB)'),
} as const

/** Options of the command that talks to Kibana. Credentials come from the environment or a file here too. */
export const kibanaArgs = {
  kibana: taking(
    'URL',
    'Import the dashboards into this Kibana (or KIBANA_URL; credentials: KIBANA_API_KEY, or _USERNAME and _PASSWORD)',
  ),
  'kibana-space': taking('ID', 'The space of Kibana (default: the default one)'),
} as const

type Args = Readonly<Record<string, unknown>>

/** What a command works with, from its arguments and the process. */
export function jobOf(args: Args, level: 'info' | 'warn' = 'warn'): Job {
  const text = (name: string) => (typeof args[name] === 'string' && args[name] !== '' ? args[name] : undefined)
  const given: Given = {
    ...{ case: text('case'), mailbox: text('mailbox'), namespace: text('namespace') },
    databases: { geo: text('geo-db'), asn: text('asn-db') },
    elasticsearch: { url: text('elasticsearch'), ...(args['insecure-http'] === true && { insecureHttp: true }) },
    collect: { listen: text('listen') },
    kibana: { url: text('kibana'), space: text('kibana-space') },
  } as Given // Undefined stands for not given.
  // A terminal that is none of today's would show the codes of a bar as letters.
  const wantsProgress = args['quiet'] !== true && process.stderr.isTTY === true && process.env['TERM'] !== 'dumb'
  const progress = wantsProgress ? terminalProgress(process.stderr) : silent
  const toTerminal = { write: (line: string) => besideProgress(progress, () => void process.stderr.write(line)) }
  const destination = wantsProgress ? toTerminal : pino.destination(2)
  const log = pino({ level: args['quiet'] === true ? 'error' : level }, destination)
  const onFault = ({ message }: ConfigError) =>
    log.warn({ reason: message }, 'a file that was renewed cannot be used, what it held before is used until it can')
  const renewed = configOf(text('config'), process.env, given, onFault)
  const config = renewed()
  // SQLite's own temporary files: a container on a read-only root has no other place, and evidence has none to be in.
  process.env['SQLITE_TMPDIR'] ??= resolve(config.case)
  const signal = stopSignal()
  return { config, renewed, deps: realDeps(log), progress, signal }
}

/** Prints while work may go on: the bar goes out of the way. */
export function besideProgress(progress: Progress, print: () => void): void {
  progress.clear()
  print()
}

/** Prints a text. What is `whole` holds a command or a path that somebody may copy: the terminal breaks it where it must, and nothing is put into it. */
export type Print = (text: string, how?: 'whole') => void

/** Prints for people, unless they asked for silence or for JSON; in a terminal lines are broken between words. Nothing that evidence says moves the cursor. */
export function printerOf(args: Args): Print {
  if (args['quiet'] === true || args['json'] === true) return () => {}
  const columns = columnsOf(process.stdout) ?? Number.POSITIVE_INFINITY
  const fitted = (text: string) => text.split('\n').flatMap((line) => wrapped(line, columns))
  return (text, how) => {
    const seen = visibleLines(text)
    process.stdout.write(`${how === 'whole' ? seen : fitted(seen).join('\n')}\n`)
  }
}

/** A command to be typed next about the same case, begun as this one was. */
export function nextCommand({ config }: Pick<Job, 'config'>, words: string): string {
  return `${begun()} ${words}${caseOption(config)}`
}

/** Who used npx, a script of package.json, or Node with the program's file has no `hoofprint` on his path; who installed it, or runs its image, calls it so. */
function begun(): string {
  if (/^(npx|demo|hoofprint)$/.test(process.env['npm_lifecycle_event'] ?? '')) return 'npx hoofprint'
  const program = process.argv[1] ?? ''
  // On Windows what npm installs is begun by its file, too; as the first process of a container it is what its image is called.
  const isInstalled = basename(program) !== 'hoofprint.mjs' || /[\\/]node_modules[\\/]/.test(program)
  if (isInstalled || process.pid === 1) return 'hoofprint'
  const near = relative('', program)
  return `node ${oneWord(near.startsWith('..') || isAbsolute(near) ? program : near)}`
}

/** The option that names the case: nothing where it is the usual one. */
function caseOption({ case: folder }: Config): string {
  if (resolve(folder) === resolve('case')) return ''
  return ` --case${folder.startsWith('-') ? '=' : ' '}${oneWord(folder)}`
}

/** A path as a shell takes it for one word and nothing else. */
function oneWord(path: string): string {
  // What stands before a closing quote there is doubled where it is a backslash, which would have it be a letter.
  if (process.platform === 'win32') return /^[\w.:\\/@+-]+$/.test(path) ? path : `"${path.replace(/\\+$/, '$&$&')}"`
  return /^[\w./:@+-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`
}

/** Says beside the result what people should look at, unless they asked for silence. */
export function warnerOf(args: Args): (text: string) => void {
  return args['quiet'] === true ? () => {} : complain
}

/** Says what went wrong, whatever was asked for. */
export function complain(text: string): void {
  process.stderr.write(`${visibleLines(text)}\n`)
}

/** Prints the result when JSON was asked for. */
export function printJson(args: Args, result: unknown): void {
  if (args['json'] === true) process.stdout.write(`${jsonOf(result)}\n`)
}

/** Prints an object as JSON of which one list, told last, may be more than memory should hold. */
export function printJsonList(list: string, rows: Iterable<unknown>, others: object): void {
  const indented = (value: unknown, by: number) => jsonOf(value).replaceAll('\n', `\n${' '.repeat(by)}`)
  process.stdout.write('{')
  for (const [name, value] of Object.entries(others))
    process.stdout.write(`\n  ${JSON.stringify(name)}: ${indented(value, 2)},`)
  process.stdout.write(`\n  ${JSON.stringify(list)}: [`)
  let between = ''
  for (const row of rows) {
    process.stdout.write(`${between}\n    ${indented(row, 4)}`)
    between = ','
  }
  process.stdout.write(`${between === '' ? '' : '\n  '}]\n}\n`)
}

/** A terminal may show it: JSON itself escapes neither U+009B, which begins what moves the cursor, nor what turns the reading direction. */
function jsonOf(value: unknown): string {
  return visibleJson(JSON.stringify(value, withoutBytes, 2))
}

function withoutBytes(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value
}

/**
 * Ctrl-C and SIGTERM end the work after what is under way is stored; a second one ends it at once. So does a terminal that is closed, which says so several
 * times. Without one it goes on: Node takes back at its start that `nohup` has it ignored, and `nohup` leaves no terminal but, on macOS and BSD, as standard
 * input.
 */
function stopSignal(): AbortSignal {
  const stop = new AbortController()
  const end = () => stop.abort(new Error('stopped: the same command again goes on from here'))
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, end)
  const streams = ['linux', 'win32'].includes(process.platform) ? [0, 1, 2] : [1, 2]
  const isAtTerminal = streams.some((stream) => isatty(stream))
  process.on('SIGHUP', isAtTerminal ? end : () => {})
  return stop.signal
}
