import { expect, test } from '@jest/globals'
import { totalsAsText } from '#src/commands/totals-text.ts'

const none = {
  written: 0,
  duplicate: 0,
  rejected: 0,
  earlier: 0,
  replaced: 0,
  foreign: 0,
  gone: 0,
  lost: 0,
  lookedFor: 0,
  refused: 0,
  refusals: [],
  outdated: [],
  byOthers: false,
  left: 0,
}

test('what another case wrote is told with what to do about it, and is not nothing', () => {
  const text = totalsAsText({ ...none, target: 'es', earlier: 5, replaced: 1, foreign: 3 })

  expect(text.split('\n')).toEqual([
    'es: 0 written + 0 duplicate + 0 rejected, 5 delivered before, 1 of them brought up to date',
    expect.stringMatching(/^3 documents differ and stay as another case wrote them .*--namespace.*publish --again$/),
  ])
})

test('what is not there any more is told, with what to do about it', () => {
  const text = totalsAsText({ ...none, target: 'es', earlier: 5, gone: 2 })

  expect(text.split('\n')).toEqual([
    'es: 0 written + 0 duplicate + 0 rejected, 5 delivered before',
    expect.stringMatching(
      /^2 documents that were to be looked at again are not there any more and stay away: .*--again$/,
    ),
  ])
})

test('what was delivered last and is not there any more is told though nothing is new, and whose duplicates may be', () => {
  const lost = totalsAsText({ ...none, target: 'es', earlier: 500, lost: 3, lookedFor: 100 })
  const duplicates = totalsAsText({ ...none, target: 'es', written: 1, duplicate: 2 })

  expect(lost.split('\n')).toEqual([
    'es: nothing to do, all 500 events were delivered before',
    expect.stringMatching(
      /^3 of the 100 documents that were delivered last are not there any more, .*publish --again$/,
    ),
  ])
  expect(duplicates.split('\n')[1]).toMatch(
    /^2 duplicates stay as they were written, by this case or another: hoofprint publish --again writes them/,
  )
})

test('that what is there is as another version made it is told, though nothing is new', () => {
  const text = totalsAsText({ ...none, target: 'es', earlier: 5, byOthers: true })

  expect(text.split('\n')).toEqual([
    'es: nothing to do, all 5 events were delivered before',
    expect.stringMatching(
      /^documents that another version of Hoofprint delivered are as that one made them.* publish --again/,
    ),
  ])
})

test('a setup that was forgotten after an upgrade is told, with what to do', () => {
  const text = totalsAsText({ ...none, target: 'es', written: 1, outdated: ['logs-o365.audit-a'] })

  expect(text.split('\n')[1]).toMatch(
    /^fields of this version cannot be searched in logs-o365.audit-a: run hoofprint setup .*publish --again$/,
  )
})
