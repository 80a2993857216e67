import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** The home of an installed Java that is at least `major`; the oldest one, being the one that was tried most. */
export async function findJava(major: number): Promise<string> {
  const found = (await Promise.all(homes().map(versionOf))).filter((java) => java !== undefined)
  const fit = found.filter((java) => java.major >= major).sort((a, b) => a.major - b.major)[0]
  if (fit !== undefined) return fit.home
  const there = found.map((java) => `${java.major} in ${java.home}`).join(', ') || 'none'
  throw new Error(`it needs Java ${major} or newer; found: ${there}`)
}

function homes(): string[] {
  const installed = '/usr/lib/jvm'
  const fromList = existsSync(installed) ? readdirSync(installed).map((name) => join(installed, name)) : []
  const given = process.env['JAVA_HOME']
  return given === undefined ? fromList : [given, ...fromList]
}

async function versionOf(home: string): Promise<{ home: string; major: number } | undefined> {
  const java = join(home, 'bin', 'java')
  if (!existsSync(java)) return undefined
  const { stderr } = await promisify(execFile)(java, ['-version'], { timeout: 20_000 }).catch(() => ({ stderr: '' }))
  const major = Number(/version "(\d+)/.exec(stderr)?.[1])
  return Number.isNaN(major) ? undefined : { home, major }
}
