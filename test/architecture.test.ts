import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { expect, test } from '@jest/globals'
import { makerFiles, readerFiles } from '#src/version.ts'

/** The way data takes, first to last. A file imports from its own line or from a line above it. */
const layers = [
  [
    'activity.ts',
    'bytes/',
    'microsoft/',
    'time/',
    'concurrency.ts',
    'counts.ts',
    'database-note.ts',
    'deps.ts',
    'disk-faults.ts',
    'entry.ts',
    'errors.ts',
    'evidence.ts',
    'file-text.ts',
    'guid.ts',
    'item-hash.ts',
    'marks.ts',
    'origins.ts',
    'pem.ts',
    'proxy-address.ts',
    'query.ts',
    'shape-names.ts',
    'threads.ts',
    ...['last-good.ts', 'masked.ts', 'remember.ts', 'value-text.ts', 'version.ts', 'withheld.ts'],
  ],
  ['document.ts', 'encode.ts', 'mappings.ts', 'progress.ts'],
  ['sources/', 'normalize/', 'case/', 'enrich/', 'sinks/', 'reports/'],
  ['gather/', 'render/', 'publish.ts'],
  [
    'collect/',
    'config/',
    'connector.ts',
    'job.ts',
    'delivery.ts',
    'kibana-setup.ts',
    'mark-matches.ts',
    'workers/',
    'service/',
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

test.each([
  [
    'reads evidence, or keeps what was read, is part of what names how it was read',
    ['gather/import-files.ts', 'workers/digest.ts', 'case/store.ts'],
    readerFiles,
  ],
  ['makes documents is part of what names how they were made', ['render/render-documents.ts'], makerFiles],
])('whatever %s', (_, begin, named) => {
  const reached = new Set(begin)
  for (const file of reached) for (const { target } of importsOf(file)) reached.add(target)
  const names = named().map((file) => relative('src', file))

  expect(names.length).toBeGreaterThan(100)
  expect([...reached].filter((file) => file.endsWith('.ts') && !names.includes(file))).toEqual([])
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
