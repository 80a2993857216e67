import { serve } from '#src/threads.ts'

/** A worker that holds so many objects at once, and tells how many. */
serve(
  () =>
    ({ objects }: { objects: number }) =>
      Array.from({ length: objects }, (_, i) => ({ i })).length,
)
