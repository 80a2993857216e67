import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { freemem, hostname, tmpdir } from 'node:os'
import { join } from 'node:path'

const memory = '/dev/shm'
// Of this machine or container alone: others may share its memory, and have other processes.
const prefix = `hoofprint-tests-${hostname()}-`
const GiB = 2 ** 30

/**
 * A folder for what tests write: in memory, where there is room, because cases and Elasticsearch wait for the disk with each transaction, and a
 * process that is killed, which is what tests do, loses no more there; else where temporary files are.
 */
export function filesInMemory() {
  if (!hasRoom()) return { folder: tmpdir(), remove() {} }
  for (const name of readdirSync(memory)) if (isLeftOver(name)) removeAll(join(memory, name))
  const folder = join(memory, `${prefix}${process.pid}`)
  mkdirSync(folder)
  chmodSync(folder, 0o1777) // Some tests, and Elasticsearch, are not root.
  return { folder, remove: () => removeAll(folder) }
}

/** Another run may do so at the same time. */
function removeAll(folder) {
  rmSync(folder, { recursive: true, force: true })
}

function hasRoom() {
  if (!existsSync(memory)) return false
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize > 4 * GiB && freemem() > 8 * GiB // Tests write one at most; two or three Elasticsearches take as many.
}

/** Of a run that was killed: its number may be that of this one. */
function isLeftOver(name) {
  const pid = name.slice(prefix.length)
  return name.startsWith(prefix) && (pid === String(process.pid) || !existsSync(`/proc/${pid}`))
}
