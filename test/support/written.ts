import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Answers } from '#src/reports/answers.ts'
import { partRenderer } from '#src/reports/render-part.ts'
import type { ReportedActivity } from '#src/reports/reported-activity.ts'
import { writeReports } from '#src/reports/write.ts'
import { temporaryFolder } from './folder.ts'

/** What reports were written of. */
export interface Written {
  readonly answers: Answers
  readonly names: readonly string[]
  /** A table's rows, each by its columns. */
  table(name: string): Record<string, string>[]
  text(name: string): string
}

/** Writes the tables of activities, in parts of `size`, and counts the answers. */
export async function written(activities: readonly ReportedActivity[], size = 7): Promise<Written> {
  const folder = temporaryFolder()
  const parts = async function* () {
    for (let i = 0; i < activities.length; i += size) yield partRenderer(false, true)(activities.slice(i, i + size))
  }
  const answers = await writeReports(parts(), { folder, title: 'case', withDocuments: false })
  // Read at once: the folder is gone with the test that made it.
  const texts = new Map(readdirSync(folder).map((file) => [nameOf(file), readFileSync(join(folder, file), 'utf8')]))
  const text = (name: string) => texts.get(name) ?? ''
  return {
    answers,
    names: [...texts.keys()],
    text,
    table(name) {
      const [head = '', ...lines] = text(name).replace(/\n$/, '').split('\n')
      const columns = head.split('\t')
      return lines.map((line) =>
        Object.fromEntries(line.split('\t').map((cell, i) => [columns[i] ?? `extra ${i}`, cell])),
      )
    },
  }
}

function nameOf(file: string): string {
  return file.replace(/^case-(.*)\.tsv$/, '$1')
}
