import { expect, test } from '@jest/globals'
import { compare } from '#src/sinks/elasticsearch/same-document.ts'

const document = {
  '@timestamp': '2026-03-09T08:15:21.000Z',
  event: { id: 'a', original: '{"b":1,"a":[]}', ingested: '2026-03-09T09:00:00.000Z' },
  o365: { audit: { Size: 28668, Names: ['b', 'a'], Files: ['one.pdf'], None: [], IsNew: true } },
  hoofprint: { case: { id: 'mine' } },
}
const ours = Buffer.from(JSON.stringify(document))

test('a document that Elasticsearch made again of what it indexed is the same', () => {
  const made = {
    o365: { audit: { Files: 'one.pdf', IsNew: 'true', Names: ['b', 'a'], Size: '28668' } },
    hoofprint: { case: { id: 'theirs' } },
    event: { original: '{"b":1,"a":[]}', ingested: '2026-03-10T09:00:00.000Z', id: 'a' },
    '@timestamp': '2026-03-09T08:15:21.000Z',
  }

  expect(compare(ours, made)).toBe('same')
})

test.each([
  ['another value', { Size: 28669 }],
  ['another order of a list', { Names: ['a', 'b'] }],
  ['another original', {}, '{"b":1}'],
])('%s is another document', (_, audit, original = document.event.original) => {
  const other = {
    ...document,
    event: { ...document.event, original },
    o365: { audit: { ...document.o365.audit, ...audit } },
  }

  expect(compare(ours, other)).toBe('other')
})
