import { expect, test } from '@jest/globals'
import type { Cluster } from '#src/sinks/elasticsearch/client.ts'
import { streamsOf } from '#src/sinks/elasticsearch/streams.ts'

const stream = 'logs-o365.activity-case1'

/** A cluster that is asked which indices a stream has, and is answered by the test when it likes. */
function askedCluster() {
  const answers: ((indices: string[]) => void)[] = []
  const request = ({ path }: { path: string }) => {
    if (path.endsWith('/_refresh')) return { body: { _shards: { total: 1, failed: 0 } } }
    return new Promise((resolve) => {
      answers.push((backing_indices) => resolve({ body: { data_streams: [{ name: stream, backing_indices }] } }))
    })
  }
  const cluster = { client: { transport: { request } }, target: 'one' } as unknown as Cluster
  return { streams: streamsOf(cluster), answers }
}

test('it asks once, however many want to know', async () => {
  const { streams, answers } = askedCluster()
  const said = Promise.all([streams.indices(stream), streams.indices(stream)])
  answers[0]?.(['one'])

  expect(await said).toEqual([['one'], ['one']])
  expect(await streams.indices(stream)).toEqual(['one'])
  expect(answers).toHaveLength(1)
})

test('what was asked before a stream had come into being is not said after it has, whoever asked', async () => {
  const { streams, answers } = askedCluster()
  const first = streams.indices(stream)
  answers[0]?.([])
  await first
  streams.forget(stream) // One request was lost,
  const second = streams.indices(stream)
  answers[1]?.([])
  await second

  streams.forget(stream) // and one that was planned with the first answer has made the stream.
  const third = streams.indices(stream)
  answers[2]?.(['one'])

  expect(await third).toEqual(['one'])
})

test('what is just being asked is not said to who asks after `forget`', async () => {
  const { streams, answers } = askedCluster()
  const first = streams.indices(stream)
  streams.forget(stream)
  const second = streams.indices(stream)
  answers[1]?.(['one', 'two'])
  answers[0]?.(['one'])

  expect(await first).toEqual(['one'])
  expect(await second).toEqual(['one', 'two'])
  expect(await streams.indices(stream)).toEqual(['one', 'two'])
})
