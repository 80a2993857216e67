import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach } from '@jest/globals'

const folders: string[] = []

/** A new, empty folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hoofprint-test-'))
  folders.push(folder)
  return folder
}

/** A file with this content in a folder of its own. */
export function fileOf(content: string | Uint8Array, name = 'activities.csv'): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, content)
  return path
}

/** A file of these records as JSON, one a line, in a folder of its own. */
export function fileOfRecords(records: readonly object[], name = 'audit.json'): string {
  return fileOf(records.map((one) => `${JSON.stringify(one)}\n`).join(''), name)
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A new, empty folder that is gone after the suite that it is asked for in. */
export function temporaryFolderOfSuite(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hoofprint-suite-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
