import { tellCase } from './case.ts'
import { exportEvidence } from './evidence.ts'
import { tellTruth } from './truth.ts'

/** Every file of the case by its path in the folder of evidence, the truth beside it, as it is before any is compressed. */
export function makeCase(): Map<string, Buffer> {
  const story = tellCase(2026)
  const evidence = exportEvidence(story)
  const truth = `${JSON.stringify(tellTruth(story, evidence), undefined, 2)}\n`
  return new Map([
    ...evidence.files.map(({ path, content }): [string, Buffer] => [path, content]),
    ['../audit-case.truth.json', Buffer.from(truth)],
  ])
}
