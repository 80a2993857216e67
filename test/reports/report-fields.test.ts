import { expect, test } from '@jest/globals'
import type { EcsDocument } from '#src/document.ts'
import { partRenderer } from '#src/reports/render-part.ts'
import { reportFields } from '#src/reports/report-fields.ts'
import { tsvTables } from '#src/reports/tsv/tables.ts'
import { intrusion, reported } from '../support/reported.ts'

/** Written whatever fields are wanted: by the normalizer for every document, or by the joins. */
const always =
  /^(?:@timestamp|tags|event\.(?:id|action|dataset)|hoofprint\.(?:category|mailbox|evidence\..*|logon\..*))$/

test('reports read no field but those that are worked out for them', () => {
  const read = new Set<string>()
  const categories = [...new Set(tsvTables.map(({ category }) => category))]
  const datasets = ['o365.activity', 'o365.audit', 'azure.signinlogs', 'o365.messagetrace']
  const bare = categories.flatMap((category) =>
    datasets.map((dataset) =>
      reported({
        'event.action': 'Any',
        'hoofprint.category': category,
        'event.dataset': dataset,
        'source.ip': undefined,
        'user.id': undefined,
        'hoofprint.first_seen': ['asn'],
      }),
    ),
  )

  const state = { 'event.action': 'InboxRule', 'hoofprint.category': 'state', 'event.dataset': 'o365.state' }
  const watched = [...intrusion(), ...bare, reported(state)].map((activity) => ({
    ...activity,
    document: watch(activity.document, read),
  }))
  partRenderer(false, true)(watched)

  expect([...read].filter((field) => !always.test(field) && !(reportFields as ReadonlySet<string>).has(field))).toEqual(
    [],
  )
  expect([...reportFields].filter((field) => !read.has(field))).toEqual([])
})

function watch(document: EcsDocument, read: Set<string>): EcsDocument {
  return new Proxy(document, {
    get(target, field) {
      read.add(String(field))
      return Reflect.get(target, field)
    },
  })
}
