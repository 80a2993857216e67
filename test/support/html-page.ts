import type { CaseReport } from '../../src/reports/answers.ts'
import { htmlPieces } from '../../src/reports/html/index.ts'

/** The page of a report as one text. */
export function renderHtml(report: CaseReport): string {
  return [...htmlPieces(report)].join('')
}
