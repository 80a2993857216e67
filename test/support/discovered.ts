import { afterEach } from '@jest/globals'
import { type Content, ContentError, type Unreadable } from '#src/sources/files/content.ts'
import { type DiscoverOptions, type Discovery, discover } from '#src/sources/files/discover.ts'
import { temporaryFolder } from './folder.ts'

const discoveries: Discovery[] = []
const never = new AbortController().signal

/** All that is found at these paths; what it needs on the disk is gone after the test. */
export async function discovered(
  paths: readonly string[],
  options: Partial<DiscoverOptions> = {},
): Promise<(Content | Unreadable)[]> {
  const discovery = discover(paths, { scratch: temporaryFolder(), ...options }, never)
  discoveries.push(discovery)
  return Array.fromAsync(discovery.contents)
}

/** What is found, as one line each: the path below `folder`, and why it cannot be read. */
export function lines(found: readonly (Content | Unreadable)[], folder: string): string[] {
  return found.map((each) => {
    const path = each.path.replace(`${folder}/`, '')
    return 'reason' in each ? `${path}: ${each.reason}` : path
  })
}

/** The only content there is; fails when there is another, or it cannot be read. */
export function only(found: readonly (Content | Unreadable)[]): Content {
  const [content, ...others] = found
  if (content === undefined || others.length > 0) throw new Error(`found ${found.length}, not 1`)
  return readable(content)
}

/** A content; fails when it is none. */
export function readable(found: Content | Unreadable | undefined): Content {
  if (found === undefined || 'reason' in found) throw new Error(`not readable: ${found?.reason}`)
  return found
}

/** All the text from `offset` on, and the error that ended it. */
export async function textOf(content: Content, offset = 0): Promise<{ text: Buffer; error?: string }> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of content.text(offset, never)) chunks.push(Buffer.from(chunk))
    return { text: Buffer.concat(chunks) }
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    return { text: Buffer.concat(chunks), error: error.message }
  }
}

afterEach(async () => {
  for (const discovery of discoveries.splice(0)) await discovery.close()
})
