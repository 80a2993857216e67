import { expect, test } from '@jest/globals'
import { metricsOf } from '#src/service/metrics.ts'
import type { StreamStatus } from '#src/service/status.ts'
import { version } from '#src/version.ts'

const status: StreamStatus = {
  id: 'management-api:t:Audit.Exchange',
  everyMs: 1000,
  state: 'failing',
  failures: 2,
  reason: 'HTTP 503',
  triedAt: undefined,
  doneUntil: 40_000,
  succeededAt: 50_000,
  failingAfterMs: 1,
  silentAfterMs: 1,
  watchedSince: 0,
  lastRecordAt: undefined,
  progressAt: undefined,
  storedAt: undefined,
  contents: 3,
  counts: { read: 10, stored: 7, duplicate: 2, rejected: 1 },
}

test('metrics tell of each stream what the status tells, and again as it is at each scrape', async () => {
  let streams = [status]
  const gaps = () => [{ stream: status.id, lost: 4, searched: 6, open: 5 }]
  const publish = { ...status, id: 'publish', state: 'stopped', doneUntil: undefined, watchedSince: 10_000 } as const
  const facts = { gaps, outbox: () => 17, refused: () => 3, now: () => 100_000 }
  const metrics = metricsOf({ ...facts, streams: () => streams, chores: () => [publish] })
  metrics.throttled('Graph')
  await metrics.render()

  streams = [{ ...status, counts: { ...status.counts, stored: 8 } }]
  const text = await metrics.render()

  const label = `{stream="${status.id}"}`
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      `hoofprint_stream_lag_seconds${label} 60`,
      `hoofprint_stream_last_success_timestamp_seconds${label} 50`,
      `hoofprint_stream_failures${label} 2`,
      `hoofprint_stream_stopped${label} 0`,
      `hoofprint_stream_events_total${label} 8`,
      `hoofprint_stream_duplicates_total${label} 2`,
      `hoofprint_stream_rejects_total${label} 1`,
      `hoofprint_stream_contents_total${label} 3`,
      `hoofprint_gaps_lost${label} 4`,
      `hoofprint_gaps_searched${label} 6`,
      `hoofprint_gaps_open${label} 5`,
      'hoofprint_stream_stopped{stream="publish"} 1',
      'hoofprint_stream_lag_seconds{stream="publish"} 90',
      'hoofprint_outbox_events 17',
      'hoofprint_refused_documents 3',
      'hoofprint_throttled_total{api="Graph"} 1',
      `hoofprint_build_info{version="${version}"} 1`,
    ]),
  )
  expect(text).not.toContain('last_record_timestamp_seconds{')
  expect(text).not.toContain('HTTP 503')
  expect(text).not.toContain('events_total{stream="publish"}')
})
