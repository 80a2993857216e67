import type { Published } from '../delivery.ts'
import { nounTo } from '../reports/words.ts'

/** What became of every document, and why some were refused. */
export function totalsAsText({ target, refusals, refused, outdated, byOthers, ...totals }: Published): string {
  const { written, duplicate, rejected, earlier, replaced, foreign, gone, lost, lookedFor } = totals
  const isIdle = written + duplicate + rejected + replaced + foreign + gone === 0
  const renewed = replaced === 0 ? '' : `, ${replaced} of them brought up to date`
  const sum = isIdle
    ? earlier === 1
      ? 'nothing to do, the event was delivered before'
      : `nothing to do, all ${earlier} events were delivered before`
    : `${written} written + ${duplicate} duplicate + ${rejected} rejected, ${earlier} delivered before${renewed}`
  const lines = [
    `${target}: ${sum}`,
    ...(foreign === 0 ? [] : [left(foreign)]),
    ...(duplicate === 0 ? [] : [there(duplicate)]),
    ...(gone === 0 ? [] : [away(gone)]),
    ...(lost === 0 ? [] : [missing(lost, lookedFor)]),
    ...(outdated.length === 0 ? [] : [lacking(outdated)]),
    ...(byOthers ? [older] : []),
  ]
  if (refused === 0) return lines.join('\n')
  const reasons = refusals.map(
    ({ documents, reason, example }) => `  ${documents} × ${reason} (such as event ${example})`,
  )
  const head = `${refused} ${nounTo(refused, 'document was', 'documents were')} refused and ${nounTo(refused, 'is', 'are')} kept in the case; hoofprint publish --rejects sends ${nounTo(refused, 'it', 'them')} again:`
  return [...lines, head, ...reasons].join('\n')
}

function left(foreign: number): string {
  return (
    `${foreign} ${nounTo(foreign, 'document differs and stays', 'documents differ and stay')} as another case wrote them into this namespace: give each case a --namespace of its own, ` +
    `or write ${nounTo(foreign, 'it', 'them')} as this case has ${nounTo(foreign, 'it', 'them')} with hoofprint publish --again`
  )
}

function there(duplicate: number): string {
  return (
    `${duplicate} ${nounTo(duplicate, 'duplicate stays as it was', 'duplicates stay as they were')} written, by this case or another: ` +
    `hoofprint publish --again writes ${nounTo(duplicate, 'it', 'them')} as this case has ${nounTo(duplicate, 'it', 'them')}`
  )
}

function missing(lost: number, lookedFor: number): string {
  return (
    `${lost} of the ${lookedFor} documents that were delivered last ${nounTo(lost, 'is', 'are')} not there any more, as after a restore from a snapshot: ` +
    'unless a lifecycle deletes what is old, write all anew with hoofprint publish --again'
  )
}

function away(gone: number): string {
  return (
    `${gone} ${nounTo(gone, 'document that was to be looked at again is', 'documents that were to be looked at again are')} not there any more and ${nounTo(gone, 'stays', 'stay')} away: ` +
    'unless a lifecycle deletes what is old, find out who did, and write all anew with hoofprint publish --again'
  )
}

const older =
  'documents that another version of Hoofprint delivered are as that one made them, unless they have changed since: ' +
  'reports and dashboards may differ until hoofprint publish --again has written them anew'

function lacking(outdated: readonly string[]): string {
  return (
    `fields of this version cannot be searched in ${outdated.join(', ')}: run hoofprint setup with an account that has ` +
    'manage_index_templates, then hoofprint publish --again'
  )
}
