import { randomUUID } from 'node:crypto'
import { z } from 'zod'

/** Everything up to `after` is delivered; of what follows up to `until`, in time order, all up to `at`. */
const Place = z.object({
  after: z.int(),
  until: z.int(),
  at: z.object({ time: z.int(), id: z.string() }).optional(),
})

/** Where the delivery to one place stands, as it is kept. */
export const Cursor = Place.extend({
  /** How many of the events behind `after` and up to `until` are delivered. */
  done: z.int().default(0),
  /** The last event whose logons and mails every delivered document was joined to, or is marked to be. */
  facts: z.int(),
  /** The last superseded fact that was heeded, in the same way. */
  superseded: z.int(),
  /** What was marked when they were made. */
  marks: z.string().default(''),
  /** By which version of this program what is there was made: see `makerName`. Empty: by one of before that was noted. */
  maker: z.string().default(''),
  /** Up to which event others may have made it. */
  byOthers: z.int().default(0),
  /** By which the place knows this case, for others may deliver there too. */
  case: z.string().default(() => randomUUID()),
})
/** Where the delivery of a case to one place stands. */
export type DeliveryCursor = z.output<typeof Cursor>

/**
 * What of that which is there has to be looked at again, all of it: of the place the events numbered below `below`. A mark may reach any event, by
 * its address, which is in the record alone; to note each of thirty million would take minutes, in one transaction.
 */
export const Again = Place.extend({
  below: z.int(),
  /** By which version of this program all of it was begun to be made again. */
  maker: z.string().default(''),
  /** It was asked for, with what is not there and what others wrote: so it goes on when it was broken off. */
  takesOver: z.boolean().default(false),
})
