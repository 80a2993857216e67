import type { Published } from '../delivery.ts'

/** What became of every document, and why some were refused. */
export function totalsAsText({ target, refusals, refused, ...totals }: Published): string {
  const { written, duplicate, rejected, earlier, replaced } = totals
  const isIdle = written + duplicate + rejected + replaced === 0
  const renewed = replaced === 0 ? '' : `, ${replaced} of them brought up to date`
  const sum = isIdle
    ? `nothing to do, all ${earlier} events were delivered before`
    : `${written} written + ${duplicate} duplicate + ${rejected} rejected, ${earlier} delivered before${renewed}`
  if (refused === 0) return `${target}: ${sum}`
  const reasons = refusals.map(
    ({ documents, reason, example }) => `  ${documents} × ${reason} (such as event ${example})`,
  )
  const head = `${refused} documents were refused and are kept in the case; hoofprint publish --rejects sends them again:`
  return [`${target}: ${sum}`, head, ...reasons].join('\n')
}
