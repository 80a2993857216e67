import { property } from '../readers.ts'
import type { Category } from '../table.ts'

export const search: Category = {
  name: 'search',
  ecs: { category: ['email'], type: ['access'] },
  activity: {
    fields: { 'hoofprint.search.query': property('Query', 'SuggestionStimulus') },
    operations: {
      SearchResult: {},
      // One for each key stroke: what had been typed so far. OLAF's list spells it without the s, Magic Unicorn with it.
      SearchSuggestionsDisplay: {},
      SearchSuggestionDisplay: {},
      SearchQueryExecute: {},
      SearchRefinersDisplay: {},
      SearchRequestStart: {},
      SearchRequestEnd: {},
      SearchResultsReceived: {},
      SearchSessionStart: {},
      SearchSessionEnd: {},
    },
  },
}
