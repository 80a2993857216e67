import type { CaseReport } from '../case-report.ts'

/** Placeholder. */
export function renderHtml(report: CaseReport): string {
  return report.title
}
