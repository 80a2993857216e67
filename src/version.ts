import { createHash } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { once } from './remember.ts'

const root = join(import.meta.dirname, '..')

/** The version in package.json. */
export const version: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version

/** All that this program is made of, and what says which libraries it has. */
const parts = ['package.json', 'package-lock.json', 'src/**/*.{ts,css,js}', 'mappings/**/*.json']

/** Names this program as it is installed: each of its files by size and time of change. */
export function programStamp(): string {
  const files = globSync(parts, { cwd: root }).sort()
  return JSON.stringify(files.map((file) => [file, ...fileStamp(join(root, file))]))
}

/** What decides how rows are read and what of them is kept to join them by; what is made of them is made anew each time. */
const readers = [
  'package.json',
  'src/{bytes,case,gather,microsoft,normalize,sources/files,time}/**/*.ts',
  'src/{activity,concurrency,counts,deps,disk-faults,document,entry,errors,evidence,guid,item-hash,mappings,marks}.ts',
  'src/{origins,progress,query,remember,shape-names,threads,value-text,version,withheld}.ts',
  'src/workers/digest.ts',
]

/** What decides, beyond how records were read, what stands in the documents that are delivered. */
const makers = [
  ...readers,
  'src/{enrich,render,reports}/**/*.ts',
  'src/{database-note,encode,sinks/packed-documents,sinks/sink}.ts',
  'mappings/components/*.json',
]

/** The files of this program that read evidence, as paths below its folder. */
export const readerFiles = (): string[] => filesOf(readers)

/** Those that make documents. */
export const makerFiles = (): string[] => filesOf(makers)

/** Names how this program reads evidence, by what its files hold: the same wherever the same version is installed. */
export const readerName = once((): string => nameOf(readerFiles()))

/** Names in the same way how it makes documents. */
export const makerName = once((): string => nameOf(makerFiles()))

function filesOf(patterns: readonly string[]): string[] {
  return globSync(patterns, { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
}

function nameOf(files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(root, file)))
  return hash.digest('hex').slice(0, 16)
}

/** Size and time of change of a file, by which one tells whether somebody wrote it since. */
export function fileStamp(path: string): [bytes: number, changed: number] {
  const { size, mtimeMs } = statSync(path)
  return [size, mtimeMs]
}
