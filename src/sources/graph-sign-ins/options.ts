import { z } from 'zod'

/** The kinds of sign-ins that Entra logs. */
export const signInEvents = ['interactiveUser', 'nonInteractiveUser', 'servicePrincipal', 'managedIdentity'] as const

/** What is read of a tenant's sign-in log. */
export const GraphSignInsOptions = z.strictObject({
  events: z
    .array(z.enum(signInEvents))
    .min(1)
    .default(['interactiveUser'])
    .describe('Each is a stream of its own. Graph has all but interactiveUser in its beta version only.'),
  lookBackDays: z
    .int()
    .min(1)
    .max(30)
    .default(30)
    .describe('How far the first reading goes back. Entra keeps 30 days.'),
  sliceHours: z.int().min(1).max(24).default(6).describe('The span of time of one query.'),
})
export type GraphSignInsOptions = z.output<typeof GraphSignInsOptions>
