import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Moment } from '../microsoft/options.ts'

const Names = z.array(z.string().min(1)).default([])

/** A search of the audit log, which reaches back 180 days: further than the feed of the Management API. */
export const GraphAuditSearchOptions = z.strictObject({
  since: Moment,
  until: Moment.optional().describe(
    'Now, at the first reading, when left out. What is younger than three days then is searched again later.',
  ),
  recordTypes: Names.describe('Such as exchangeItem, exchangeItemAggregated, azureActiveDirectoryStsLogon.'),
  operations: Names,
  users: Names.describe('User principal names.'),
  ipAddresses: Names,
  objectIds: Names,
  administrativeUnits: Names,
  keyword: z.string().optional(),
  service: z.string().optional(),
  windowDays: z
    .int()
    .min(1)
    .max(180)
    .default(30)
    .describe('The span of one search; those with too many results are halved.'),
  version: z.enum(['v1.0', 'beta']).default('v1.0'),
})
export type GraphAuditSearchOptions = z.output<typeof GraphAuditSearchOptions>

/** What Graph calls the options that choose records. */
export function filtersOf(options: GraphAuditSearchOptions): Record<string, unknown> {
  const lists = {
    recordTypeFilters: options.recordTypes,
    operationFilters: options.operations,
    userPrincipalNameFilters: options.users,
    ipAddressFilters: options.ipAddresses,
    objectIdFilters: options.objectIds,
    administrativeUnitIdFilters: options.administrativeUnits,
  }
  const given = Object.entries(lists).filter(([, list]) => list.length > 0)
  const { keyword: keywordFilter, service: serviceFilter } = options
  return {
    ...Object.fromEntries(given),
    ...(keywordFilter && { keywordFilter }),
    ...(serviceFilter && { serviceFilter }),
  }
}

/** The same for the same search, another for any other. */
export function fingerprintOf(options: GraphAuditSearchOptions): string {
  const { since, until } = options
  return createHash('sha256')
    .update(JSON.stringify([since, until, filtersOf(options)]))
    .digest('hex')
    .slice(0, 12)
}
