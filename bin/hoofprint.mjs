#!/usr/bin/env node
// Runs the TypeScript as it is, on Node 26, which all is tested with; on an older one, the one that came with the dependencies does
// (SQLite of 22.19 ends each import with "column index out of range").
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import { env, flags, tune } from './tuned.mjs'

const pathOf = (relative) => fileURLToPath(new URL(relative, import.meta.url))
const [major = 0] = process.versions.node.split('.').map(Number)

if (major >= 26) {
  tune()
  // What was stripped of its types once is not stripped again, neither here nor in workers: that halves the start and
  // saves each thread some 20 MB. Where the folder cannot be written, it is done each time.
  process.env.NODE_COMPILE_CACHE ??= pathOf('../node_modules/.cache/hoofprint')
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE)
  await import(new URL('../src/cli.ts', import.meta.url).href)
} else {
  // On Windows the one without an ending is a text.
  const node = pathOf(`../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`)
  if (!existsSync(node)) {
    console.error(
      `hoofprint needs Node 26 or newer, and this is ${process.version}: run "npm ci" in its folder, which brings one`,
    )
    process.exit(2)
  }
  runOn(node)
}

/** In a process beside this one, which can't become another: what is to end this one has to reach that. */
function runOn(node) {
  const child = spawn(node, [...flags, ...process.argv.slice(1)], { stdio: 'inherit', env })
  // Ctrl-C goes to all that a terminal runs, and a second one would end the work at once. On Windows so does all that one hears of, and what is
  // sent ends a process at once.
  const isWindows = process.platform === 'win32'
  const isAtTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY)
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(name, () => {
      if (!isWindows && (name !== 'SIGINT' || !isAtTerminal)) child.kill(name)
    })
  child.on('exit', (status, signal) => process.exit(signal === null ? status : 128 + constants.signals[signal]))
}
