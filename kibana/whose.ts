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

/** How many of what the intruder did, in order, a list holds. What a list leaves out is the end of the story. */
export const mostOfStory = 2000

/** What to know of such figures. */
export const aboutMarks =
  'Nothing is the intruder’s or the owner’s until hoofprint mark says so: mark, and publish again. What is only inferred to be the intruder’s may be the owner’s.'
