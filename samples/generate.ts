import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tellCase } from './case.ts'
import { fileStart, formatRow } from './retriever-csv.ts'

// The retriever's rows have no id of their own: two that are alike could not be told apart.
function distinctLines(rows: Parameters<typeof formatRow>[0][]): string[] {
  const lines = new Set(rows.map(formatRow))
  if (lines.size !== rows.length) throw new Error(`${rows.length - lines.size} rows are like another row`)
  return [...lines]
}

const { rows, truth } = tellCase(2018, 14_114)
const lines = distinctLines(rows)
writeFileSync(join(import.meta.dirname, 'outlook-activities.csv'), fileStart + lines.join(''))
writeFileSync(join(import.meta.dirname, 'outlook-activities.truth.json'), `${JSON.stringify(truth, undefined, 2)}\n`)
console.log(`wrote ${lines.length} activities from ${truth.first} to ${truth.last}`)
