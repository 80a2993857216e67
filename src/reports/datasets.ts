import type { Dataset } from '../activity.ts'

/** What is known of a kind of record, whatever case it is in. */
interface DatasetFacts {
  readonly label: string
  /** How long Microsoft keeps such records, in words; nothing of what are no records of it. */
  readonly kept?: string
  /** How late they may come, in words. */
  readonly late?: string
}

// Sources: CrowdStrike's README (activities), Microsoft's pages on audit log retention (standard audit, since October 2023),
// Entra's data retention and Get-MessageTraceV2. How late: Microsoft's "Search the audit log" (60 to 90 minutes for Exchange, SharePoint,
// OneDrive and Teams, more for others, and no time guaranteed).
const facts: Readonly<Record<Dataset, DatasetFacts>> = {
  'o365.activity': { label: 'Outlook activities', kept: 'Microsoft kept Outlook activities for up to 6 months' },
  'o365.audit': {
    label: 'Audit log',
    kept: 'Microsoft keeps audit records for 180 days unless a licence or policy says otherwise, and kept them for 90 days before October 2023',
    late: 'Microsoft says that audit records are there after 60 to 90 minutes, of some services later, and guarantees no time',
  },
  'o365.state': { label: 'Listings' },
  'azure.signinlogs': {
    label: 'Entra sign-ins',
    kept: 'Microsoft keeps sign-ins for 30 days, without a paid Entra licence for 7',
  },
  'azure.graphactivitylogs': {
    label: 'Graph requests',
    kept: 'requests to Microsoft Graph are kept only where, and as long as, a diagnostic setting sends them (advanced hunting: 30 days)',
  },
  'o365.messagetrace': { label: 'Message trace', kept: 'Microsoft keeps message traces for 90 days' },
}

/** What a dataset is called. */
export function datasetLabel(dataset: string | null): string {
  return factsOf(dataset)?.label ?? dataset ?? ''
}

/** What several datasets are called, from their names with commas between. */
export function datasetLabels(datasets: string): string {
  return datasets
    .split(',')
    .map((dataset) => datasetLabel(dataset))
    .sort()
    .join(', ')
}

/** How late records may come; undefined where that is not known. */
export function lateBy(dataset: string): string | undefined {
  return factsOf(dataset)?.late
}

/** How long Microsoft keeps its records; undefined where that is not known. */
export function keptFor(dataset: string): string | undefined {
  return factsOf(dataset)?.kept
}

function factsOf(dataset: string | null): DatasetFacts | undefined {
  return Object.entries(facts).find(([name]) => name === dataset)?.[1]
}
