#!/usr/bin/env -S MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=131072 node --max-semi-space-size=6
// Runs the TypeScript as it is. Node 22.19 or newer can; on an older one, the one that came with the dependencies does.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'

const pathOf = (relative) => fileURLToPath(new URL(relative, import.meta.url))
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major > 22 || (major === 22 && minor >= 19)) {
  // What was stripped of its types once is not stripped again, neither here nor in workers: that halves the start and
  // saves each thread some 20 MB. Where the folder cannot be written, it is done each time.
  process.env.NODE_COMPILE_CACHE ??= pathOf('../node_modules/.cache/hoofprint')
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE)
  await import(pathOf('../src/cli.ts'))
} else {
  const node = pathOf('../node_modules/node/bin/node')
  if (!existsSync(node)) {
    console.error(
      `hoofprint needs Node 22.19 or newer, and this is ${process.version}: run "npm ci" in its folder, which brings one`,
    )
    process.exit(2)
  }
  const { status, signal } = spawnSync(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  process.exit(signal === null ? (status ?? 1) : 1)
}
