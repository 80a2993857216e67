import type { CsvFormat } from '#src/entry.ts'
import { type Digest, digestRows } from '#src/sources/files/digest.ts'
import { frameRows } from '#src/sources/files/frames.ts'
import { readChunks, type SurveyedFile, survey } from '#src/sources/files/survey.ts'

export const never = new AbortController().signal
export const header =
  'TimeStamp,AppIdType,ActivityIdType,ActivityItemId,ActivityCreationTime,ClientSessionId,CustomProperties'

/** A file that must be of a known shape. */
export async function surveyed(path: string): Promise<SurveyedFile> {
  const file = await survey(path, never)
  if ('reason' in file) throw new Error(file.reason)
  return file
}

/** Reads a whole file as `import` does: survey, frames, digest. */
export async function digestFile(
  path: string,
  mailbox = 'alice@contoso.example',
): Promise<Digest & { format: CsvFormat }> {
  const { shape, columns, delimiter, start } = await surveyed(path)
  const format: CsvFormat = { shape: shape.name, columns, delimiter }
  const blocks = frameRows(readChunks(path, start.offset, never), start, (line) =>
    shape.startsRow(line, columns, delimiter),
  )
  const digests = await Array.fromAsync(blocks, (block) => digestRows({ format, ...block, mailbox }))
  return {
    format,
    activities: digests.flatMap(({ activities }) => activities),
    rejected: digests.flatMap(({ rejected }) => rejected),
  }
}
