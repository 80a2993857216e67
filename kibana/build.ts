import { writeFileSync } from 'node:fs'
import { objects } from './objects.ts'

writeFileSync(
  new URL('hoofprint.ndjson', import.meta.url),
  objects.map((object) => `${JSON.stringify(object)}\n`).join(''),
)
