#!/usr/bin/env node
// Runs the TypeScript as it is. Node 22.19 or newer can; on an older one, the one that came with the dependencies does.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const cli = new URL('../src/cli.ts', import.meta.url)
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major > 22 || (major === 22 && minor >= 19)) {
  await import(cli.href)
} else {
  const node = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))
  if (!existsSync(node)) {
    console.error(
      `hoofprint needs Node 22.19 or newer, and this is ${process.version}: run "npm ci" in its folder, which brings one`,
    )
    process.exit(2)
  }
  const { status, signal } = spawnSync(node, [fileURLToPath(cli), ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exit(signal === null ? (status ?? 1) : 1)
}
