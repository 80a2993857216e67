import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { makeCase } from './make-case.ts'

const folder = join(import.meta.dirname, '../audit-case')
rmSync(folder, { recursive: true, force: true })
for (const [path, content] of makeCase()) {
  const bytes = path.endsWith('.gz') ? gzipSync(content, { level: 9 }) : content
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), bytes)
  console.log(`${String(bytes.length).padStart(9)} bytes  ${path}`)
}
