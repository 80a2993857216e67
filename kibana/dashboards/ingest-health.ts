import type { Dashboard } from '../dashboard.ts'
import { row, wide } from '../dashboard.ts'
import { count, days, earliest, latest, terms, time, unique } from '../panels/column.ts'
import { markdown } from '../panels/markdown.ts'
import { bars, heatMap, metric, table } from '../panels/shapes.ts'

const everything = 'hoofprint.category: *'
const delivery = [earliest('First delivered', 'event.ingested'), latest('Last delivered', 'event.ingested')]

/** Whether what should arrive arrives, and where it came from. */
export const ingestHealth: Dashboard = {
  id: 'hoofprint-ingest-health',
  title: 'Ingest health',
  description: 'What was delivered when, from which evidence, and how old it was then.',
  rows: [
    {
      height: 5,
      panels: [
        [8, metric(count('Events'), everything, 'also what two logs have')],
        // As one large figure each, a date is cut in its hours.
        [
          16,
          table({
            title: 'The newest',
            filter: everything,
            columns: [latest('Newest event'), latest('Last delivery', 'event.ingested')],
          }),
        ],
        [8, metric(unique('hoofprint.evidence.file', 'Files or queries'), everything)],
        [8, metric(count('Truncated records'), 'hoofprint.category: * and tags: truncated', 'salvaged')],
        [8, metric(count('Other operations'), 'hoofprint.category: other', 'of no category')],
      ],
    },
    row(
      13,
      table({
        title: 'Logs and sources: the newest event beside the last delivery shows the lag',
        filter: everything,
        columns: [
          terms('data_stream.dataset', 'Log', { size: 10, by: 'Events' }),
          terms('hoofprint.source', 'Shape of the source', { size: 20, by: 'Events' }),
          count('Events'),
          unique('hoofprint.evidence.file', 'Files or queries'),
          ...[earliest('First event'), latest('Newest event'), ...delivery],
        ],
      }),
    ),
    row(
      13,
      bars({
        title: 'Deliveries over time, by source',
        description: 'All days on which events of the chosen time were delivered for the first time.',
        filter: 'hoofprint.category: * and event.ingested: *',
        columns: [
          terms('hoofprint.source', 'Source', { size: 12, by: 'Events' }),
          days('event.ingested', 'Delivered'),
          count('Events'),
        ],
      }),
      heatMap({
        title: 'Lag: when it happened (across) and when it was delivered (down)',
        description:
          'Live collection is a diagonal. A horizontal line is an import of old evidence; what lies far below the diagonal came late.',
        filter: 'hoofprint.category: * and event.ingested: *',
        columns: [time(), days('event.ingested', 'Delivered'), count('Events')],
      }),
    ),
    row(
      13,
      bars({
        title: 'Events over time, by source: a source that ends is a gap',
        filter: everything,
        columns: [terms('hoofprint.source', 'Source', { size: 12, by: 'Events' }), time(), count('Events')],
      }),
      heatMap({
        title: 'Sources over time',
        description: 'Each source alone, however few events it has.',
        filter: everything,
        columns: [time(), terms('hoofprint.source', 'Source', { size: 20, by: 'Events' }), count('Events')],
      }),
    ),
    wide(
      16,
      30,
      table(
        {
          title: 'Evidence: each file or query, with its hash',
          filter: 'hoofprint.evidence.file: *',
          columns: [
            terms('hoofprint.evidence.file', 'File', { size: 500, by: 'Events' }),
            terms('hoofprint.evidence.sha256', 'SHA-256', { size: 3, by: 'Events', rest: true }),
            count('Events'),
            ...[earliest('First event'), latest('Newest event')],
          ],
        },
        { wraps: true },
      ),
      table({
        title: 'Operations of no category: the service’s own, and new ones',
        filter: 'hoofprint.category: other',
        columns: [
          terms('event.action', 'Operation', { size: 200, by: 'Events' }),
          terms('event.provider', 'Workload', { size: 3, by: 'Events', rest: true }),
          count('Events'),
        ],
      }),
    ),
    row(
      9,
      markdown(
        [
          '**Only what was delivered is here.** Each event counts once, under the evidence that showed it best; how often it was seen, what was read twice and what was refused stands in the case:',
          '',
          '- **Duplicates and rejects**: `hoofprint import` prints them for each file; the report of the case (`reports/report.html`, under Evidence) lists every rejected row with its reason.',
          '- **What Elasticsearch refused**: `hoofprint publish` counts it and keeps it in the case.',
          '- **Gaps**: an export that was cut off, days that nobody asked for and hours of throttling stand in the report, under coverage.',
        ].join('\n'),
        'What is not in Elasticsearch',
      ),
    ),
  ],
}
