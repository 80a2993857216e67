import { expect, test } from '@jest/globals'
import { tally } from '#src/sinks/elasticsearch/tally.ts'

/** What becomes of one document that is replaced where it lies, by the kind of the error that comes with 500. */
function fatesOf(type: string) {
  const document = { seq: 7, id: 'a', dataset: 'o365.activity', source: Buffer.from('{}') } as const
  const action = { kind: 'index', id: 'a', place: { index: '.ds-x', seqNo: 0, primaryTerm: 1 }, document } as const
  const settled = { written: 0, duplicate: 0, replaced: 0, foreign: 0, gone: 0, rejected: [] }
  const plan = { indices: ['.ds-x'], actions: [action], pending: [{ document, isUncertain: false }], settled }
  return tally('here', plan, 'replaced', [{ _id: 'a', _index: '.ds-x', status: 500, error: { type, reason: 'why' } }])
}

test('what an ingest pipeline fails at is rejected where it is to be replaced, too, of which nothing is told of a failure store', () => {
  const { result, undecided } = fatesOf('fail_processor_exception')

  expect(result.rejected).toEqual([{ seq: 7, reason: 'fail_processor_exception: why' }])
  expect(undecided).toEqual([])
})

test('what is to be replaced while a node has trouble waits', () => {
  const { result, undecided } = fatesOf('node_disconnected_exception')

  expect(result.rejected).toEqual([])
  expect(undecided).toHaveLength(1)
})
