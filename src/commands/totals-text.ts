import type { PublishTotals } from '../publish.ts'

/** One line that says what became of every document. */
export function totalsAsText({
  target,
  written,
  duplicate,
  rejected,
  earlier,
}: PublishTotals & { target: string }): string {
  if (written + duplicate + rejected === 0)
    return `${target}: nothing to do, all ${earlier} events were delivered before`
  return `${target}: ${written} written + ${duplicate} duplicate + ${rejected} rejected, ${earlier} delivered before`
}
