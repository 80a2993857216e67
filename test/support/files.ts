import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import type { Format } from '#src/entry.ts'
import type { Content } from '#src/sources/files/content.ts'
import { type DigestRest, type DigestTask, digestRows, type ReadActivity } from '#src/sources/files/digest.ts'
import { framesOf } from '#src/sources/files/framed-rows.ts'
import { type Beforehand, type SurveyedFile, survey } from '#src/sources/files/survey.ts'

export const never = new AbortController().signal
export const header =
  'TimeStamp,AppIdType,ActivityIdType,ActivityItemId,ActivityCreationTime,ClientSessionId,CustomProperties'

/** A plain file as discovery would give it, read in chunks of a size of one's own. */
export function contentOf(path: string, chunkBytes = 128 * 1024): Content {
  return {
    path,
    named: true,
    text: (offset) => createReadStream(path, { start: offset, highWaterMark: chunkBytes }),
    hash: async () => {
      const bytes = readFileSync(path)
      return { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length }
    },
  }
}

/** A file that must be of a known shape. */
export async function surveyed(path: string, chunkBytes?: number, known?: Beforehand): Promise<SurveyedFile> {
  const file = await survey(contentOf(path, chunkBytes), never, known)
  if ('reason' in file) throw new Error(file.reason)
  return file
}

/** An activity with the record's own text. */
type Read = ReadActivity & { readonly content: string }

/** All that some framed rows hold. */
export function digested(task: DigestTask): DigestRest & { readonly activities: readonly Read[] } {
  const { activities, rest } = digestRows(task)
  const bytes = Buffer.from(task.bytes)
  const read = Array.from(activities, (one) => ({ ...one, content: bytes.toString('utf8', one.start, one.end) }))
  return { activities: read, ...rest() }
}

/** Reads a whole file as `import` does: survey, frames, digest. */
export async function digestFile(
  path: string,
  mailbox = 'alice@contoso.example',
  known?: Beforehand,
): Promise<ReturnType<typeof digested> & { format: Format }> {
  const file = await surveyed(path, undefined, known)
  const { format } = file
  const digests = await Array.fromAsync(framesOf(file, file.start, never), (block) =>
    digested({ format, ...block, mailbox }),
  )
  return {
    format,
    activities: digests.flatMap(({ activities }) => activities),
    rejected: digests.flatMap(({ rejected }) => rejected),
    claims: digests.flatMap(({ claims }) => claims),
  }
}
