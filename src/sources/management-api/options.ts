import { z } from 'zod'

/** The content types of the Management Activity API. */
export const contentTypes = [
  'Audit.AzureActiveDirectory',
  'Audit.Exchange',
  'Audit.SharePoint',
  'Audit.General',
  'DLP.All',
] as const

/** What is read of a tenant's Management Activity API. */
export const ManagementApiOptions = z.strictObject({
  contentTypes: z
    .array(z.enum(contentTypes))
    .min(1)
    .default(['Audit.AzureActiveDirectory', 'Audit.Exchange', 'Audit.SharePoint', 'Audit.General'])
    .describe('Each is a stream of its own. DLP.All needs the role ActivityFeed.ReadDlp for what is sensitive in it.'),
  overlapMinutes: z
    .int()
    .min(0)
    .max(1440)
    .default(120)
    .describe('How far each reading goes back before the one before, for content that is listed late.'),
  sweepHours: z
    .int()
    .min(1)
    .max(96)
    .default(24)
    .describe('How often everything that the service still keeps is listed again.'),
  requestsPerMinute: z.int().min(1).max(4000).default(1500).describe('Below the 2,000 that a tenant has at least.'),
})
export type ManagementApiOptions = z.output<typeof ManagementApiOptions>
