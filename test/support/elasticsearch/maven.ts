import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { codeOf } from '../../../src/errors.ts'

const run = promisify(execFile)
const cache = join(import.meta.dirname, '../../../.cache/elasticsearch')

/** The unpacked distribution of one version, fetched from Maven Central the first time. */
export async function homeOf(version: string): Promise<string> {
  const home = join(cache, `elasticsearch-${version}`)
  if (existsSync(home)) return home
  mkdirSync(cache, { recursive: true })
  const zip = `${home}.zip`
  if (!existsSync(zip)) await download(version)
  const folder = mkdtempSync(join(cache, 'unpacking-'))
  await unzip(zip, folder)
  const commands = join(folder, `elasticsearch-${version}`, 'bin')
  for (const name of readdirSync(commands)) chmodSync(join(commands, name), 0o755) // Python's unzip forgets it.
  try {
    renameSync(join(folder, `elasticsearch-${version}`), home) // Whole or not at all.
  } catch (error) {
    if (!existsSync(home)) throw error // Else another test file was faster, in a process of its own.
  } finally {
    rmSync(folder, { recursive: true })
  }
  return home
}

async function download(version: string): Promise<void> {
  const folder = mkdtempSync(join(cache, 'fetching-'))
  const artifact = `org.elasticsearch.distribution.integ-test-zip:elasticsearch:${version}:zip`
  try {
    await run('mvn', ['-q', '-B', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`], {
      timeout: 600_000,
      cwd: folder,
    })
    renameSync(join(folder, `elasticsearch-${version}.zip`), join(cache, `elasticsearch-${version}.zip`))
  } catch (error) {
    if (codeOf(error) === 'ENOENT')
      throw new Error('it needs Docker, or Maven and Java: there is no mvn', { cause: error })
    throw error
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function unzip(zip: string, folder: string): Promise<void> {
  try {
    await run('unzip', ['-q', zip, '-d', folder])
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    await run('python3', ['-m', 'zipfile', '-e', zip, folder])
  }
}
