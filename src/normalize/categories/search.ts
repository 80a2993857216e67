import { argumentsIn } from '../../microsoft/cmdlet-arguments.ts'
import { clientName } from '../audit/client-info.ts'
import { extended, parameter } from '../audit/name-values.ts'
import { wordsAsked } from '../graph/kinds.ts'
import { type Category, type FieldTable, firstOf, madeOf, property, text } from '../table.ts'
import { emailParts, plain, rows } from './rows.ts'

const typed = madeOf(text('Parameters'), (line) => {
  const { ContentMatchQuery, SearchQuery } = argumentsIn(line) ?? {}
  return ContentMatchQuery ?? SearchQuery
})

const queried: FieldTable = {
  'hoofprint.search.query': firstOf(
    text('QueryText', 'SearchQueryText', 'Query'),
    parameter('ContentMatchQuery', 'SearchQuery'),
    extended('Query'),
    typed,
  ),
  // Exchange's searches name where they were typed (`OWA`), SharePoint's the device's platform (`WinDesktop`).
  'hoofprint.client.name': firstOf(clientName, text('QuerySource', 'Platform')),
}

const asked: FieldTable = { 'hoofprint.search.query': wordsAsked }

export const search: Category = {
  name: 'search',
  ecs: { category: ['email'], type: ['access'] },
  activity: {
    fields: { 'hoofprint.search.query': property('Query', 'SuggestionStimulus') },
    operations: {
      ...plain(`SearchResult, SearchQueryExecute, SearchRefinersDisplay, SearchRequestStart, SearchRequestEnd,
        SearchResultsReceived, SearchSessionStart, SearchSessionEnd`),
      // One for each key stroke: what had been typed so far, and not yet asked for. OLAF's list spells it without the s, Magic Unicorn with it.
      ...rows({ 'event.type': ['info'] }, 'SearchSuggestionsDisplay, SearchSuggestionDisplay'),
    },
  },
  audit: [
    { fields: queried, operations: plain('SearchQueryInitiatedExchange, SearchQueryInitiated') },
    {
      ecs: { category: ['file'], type: ['access'] },
      fields: queried,
      operations: plain('SearchQueryInitiatedSharePoint, SearchQueryPerformed'),
    },
    {
      fields: queried, // eDiscovery: through every mailbox and site.
      operations: {
        ...plain(`SearchCreated, SearchUpdated, SearchStarted, eDiscoverySearchPerformed, Search-Mailbox,
          New-ComplianceSearch, Set-ComplianceSearch, Start-ComplianceSearch, New-MailboxSearch, Set-MailboxSearch,
          Start-MailboxSearch`),
        // The eDiscovery of 2025 and later.
        ...plain(`PurviewSearchAdded, PurviewSearchUpdated, ReviewSetSearchRun, PurviewSearchStatisticsJobSubmitted,
          PurviewSearchSampleJobSubmitted, PurviewSearchExportJobSubmitted, PurviewSearchAddToReviewSetJobSubmitted`),
      },
    },
    // What is done with a search and what it found: nothing new is asked for, whatever query these name.
    ...emailParts({
      info: `SearchStopped, SearchRemoved, SearchReport, SearchPreviewed, ViewedSearchPreviewed, SearchViewed,
        PreviewItemListed, PreviewItemRendered, PurviewSearchViewed, Stop-ComplianceSearch, Remove-ComplianceSearch,
        Remove-MailboxSearch, ReviewSetDocumentViewed`,
    }),
  ],
  // The audit log has searches in Outlook and on SharePoint's sites (Microsoft, "Advanced Audit in Microsoft 365"), not these.
  request: [
    { fields: asked, operations: plain('search mails') },
    { ecs: { category: ['file'], type: ['access'] }, fields: asked, operations: plain('search files') },
  ],
}
