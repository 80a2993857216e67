import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { expect, test } from '@jest/globals'

/** The way data takes, first to last. A file imports from its own line or from a line above it. */
const layers = [
  [
    ...[
      'activity.ts',
      'address-bytes.ts',
      'alert-names.ts',
      'applications.ts',
      'concurrency.ts',
      'culture-time.ts',
      'deps.ts',
      'disk-faults.ts',
      'entry.ts',
      'errors.ts',
      'graph-address.ts',
      'growing-bytes.ts',
      'guid.ts',
      'item-hash.ts',
      'mailbox-cmdlets.ts',
      'marks.ts',
      'operation-name.ts',
      'origins.ts',
      'month-names.ts',
      'own-bytes.ts',
      'packed-entries.ts',
      'packing.ts',
      'pem.ts',
      'proxy-address.ts',
      'query.ts',
      'outlook-rule.ts',
      'rule-words.ts',
      'service-clients.ts',
      'shape-names.ts',
      'threads.ts',
      'time.ts',
    ],
    ...['last-good.ts', 'remember.ts', 'value-text.ts', 'version.ts'],
  ],
  ['document.ts', 'encode.ts', 'mappings.ts', 'progress.ts'],
  ['sources/', 'normalize/', 'case/', 'enrich/', 'sinks/', 'reports/'],
  [
    'actors.ts',
    'change-twins.ts',
    'digest.ts',
    'file-mailbox.ts',
    'gather.ts',
    'name-users.ts',
    'near-rows.ts',
    'recipients.ts',
    'retold.ts',
    'render.ts',
    'render-documents.ts',
    'import-files.ts',
    'collect.ts',
    'part.ts',
    'publish.ts',
    'surroundings.ts',
    'scheduler.ts',
  ],
  [
    'collecting.ts',
    'watch.ts',
    'connector.ts',
    'job.ts',
    'delivery.ts',
    'kibana-setup.ts',
    'mark-matches.ts',
    'config.ts',
    'config-file.ts',
    'option-names.ts',
    'workers/',
    'service/',
    'collector.ts',
    'outbox.ts',
    'doctor/',
  ],
  ['commands/'],
  ['cli.ts'],
]
const stages = layers[2] ?? []
const src = join(import.meta.dirname, '../src')
const files = globSync('**/*.ts', { cwd: src }).sort()

test('every file has its place on the way', () => {
  expect(files).not.toEqual([])
  expect(files.filter((file) => layerOf(file) === -1)).toEqual([])
})

test('imports point up the way', () => {
  const wrong = imports().filter(({ file, target }) => layerOf(target) > layerOf(file))

  expect(wrong.map(told)).toEqual([])
})

test('stages do not know each other', () => {
  const wrong = imports().filter(({ file, target }) => {
    const [from, to] = [stageOf(file), stageOf(target)]
    return from !== undefined && to !== undefined && from !== to
  })

  expect(wrong.map(told)).toEqual([])
})

test('every import leads to a file', () => {
  const lost = imports().filter(({ target }) => !files.includes(target) && !target.endsWith('.json'))

  expect(lost.map(told)).toEqual([])
})

test('no import leads back to where it started, types included', () => {
  const open: string[] = []
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (file: string): void => {
    if (open.includes(file)) cycles.push([...open.slice(open.indexOf(file)), file].join(' → '))
    if (open.includes(file) || done.has(file)) return
    open.push(file)
    for (const { target } of importsOf(file)) visit(target)
    open.pop()
    done.add(file)
  }

  for (const file of files) visit(file)

  expect(cycles).toEqual([])
})

test('only the command line knows the process', () => {
  const knowing = files.filter((file) => /(?<!')\bprocess\.|node:process/.test(codeOf(file))) // Not the field 'process.name'.

  expect(knowing.filter((file) => !['cli.ts', 'commands/'].some((place) => file.startsWith(place)))).toEqual([])
})

test('classes are errors', () => {
  const classes = files.flatMap((file) => codeOf(file).match(/^\s*(export )?(abstract )?class .*/gm) ?? [])

  expect(classes.filter((line) => !line.includes('extends Error'))).toEqual([])
})

interface Import {
  readonly file: string
  readonly target: string
}

function imports(): Import[] {
  return files.flatMap(importsOf)
}

/** What a file imports, re-exports or imports on demand, types included. */
function importsOf(file: string): Import[] {
  if (!file.endsWith('.ts') || !files.includes(file)) return []
  const pattern = /(?:from |import\(|import )'(?<path>\.[^']+\.(?:ts|json))'/g
  const paths = [...codeOf(file).matchAll(pattern)].map((match) => match.groups?.['path'] ?? '')
  return paths.map((path) => ({ file, target: relative(src, normalize(join(src, dirname(file), path))) }))
}

function codeOf(file: string): string {
  return readFileSync(join(src, file), 'utf8')
}

function layerOf(file: string): number {
  return layers.findIndex((layer) => layer.some((prefix) => file.startsWith(prefix)))
}

function stageOf(file: string): string | undefined {
  return stages.find((stage) => file.startsWith(stage))
}

function told({ file, target }: Import): string {
  return `${file} imports ${target}`
}
