import { byIntruder, byOwner, byUnknown } from './kql.ts'
import { type Column, count } from './panels/column.ts'

/** How many of the events are whose, by the marks of the case. */
export const whose: readonly Column[] = [
  count('Intruder', byIntruder),
  count('Owner', byOwner),
  count('Not known', byUnknown),
]

/** The colours of these, everywhere. */
export const coloursOfWhose = { Intruder: '#E7664C', Owner: '#54B399', 'Not known': '#D3DAE6' } as const

/**
 * How much of what the intruder did, in order, a list holds; what it leaves out is the end of the story. A search's own `sampleSize` only lowers what
 * Kibana is set to (getAllowedSampleSize in its plugin discover).
 */
export const howMuchOfStory = 'The first 500, or as many as the advanced setting discover:sampleSize says.'

/** What to know of such figures. */
export const aboutMarks =
  'Nothing is the intruder’s or the owner’s until hoofprint mark says so: mark, and publish again. What is only inferred to be the intruder’s may be the owner’s.'
