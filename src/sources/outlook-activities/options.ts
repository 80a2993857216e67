import { z } from 'zod'
import { Endpoint, Moment } from '../microsoft/options.ts'

/** What is read of a mailbox's activities. */
export const OutlookActivitiesOptions = z.strictObject({
  user: z.string().min(1).describe('The mailbox, by its user principal name.'),
  types: z
    .array(z.string().regex(/^\w+$/, 'is no activity type, such as ServerLogon'))
    .default([])
    .describe('Such as ServerLogon, SearchResult; all when left out.'),
  start: Moment.optional().describe('The 180 days that were kept, when left out.'),
  end: Moment.optional().describe('Now, at each reading, when left out.'),
  baseUrl: Endpoint.default('https://outlook.office.com').describe(
    'Where the API is: Microsoft closed its own in 2018.',
  ),
  pageSize: z.int().min(1).max(1000).default(1000),
})
export type OutlookActivitiesOptions = z.output<typeof OutlookActivitiesOptions>
