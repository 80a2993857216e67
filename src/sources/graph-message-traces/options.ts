import { z } from 'zod'

/** What is read of a tenant's message traces. */
export const GraphMessageTracesOptions = z.strictObject({
  mailboxes: z
    .array(z.email())
    .default([])
    .describe(
      'Whose mail alone, sent and received: two streams for each, which share 16 requests a minute; of more than a hundred, read everybody’s. Everybody’s where none is named.',
    ),
  lookBackDays: z
    .int()
    .min(1)
    .max(90)
    .default(10)
    .describe('How far the first reading goes back. Exchange keeps 90 days.'),
  sliceHours: z.int().min(1).max(240).default(24).describe('The span of time of one query.'),
})
export type GraphMessageTracesOptions = z.output<typeof GraphMessageTracesOptions>
