import { afterAll, beforeAll, describe } from '@jest/globals'
import { messageOf } from '../../../src/errors.ts'
import { missed } from '../missed.ts'
import { type Restartable, startDistribution, type Wishes } from './distribution.ts'
import { findJava } from './java.ts'
import { homeOf } from './maven.ts'
import { versions } from './starter.ts'

/**
 * Runs the suite on a server of its own for each version: to set it up in another way, or to end it. Where none can be had, with
 * Java and Maven, a skipped test says why; with `CI` set it fails instead. To be awaited at the top of a test file.
 */
export async function describeOnOwnElasticsearch(
  name: string,
  wishes: Wishes,
  suite: (server: () => Restartable) => void,
): Promise<void> {
  for (const version of versions) {
    const missing = await Promise.all([homeOf(version), findJava(version.startsWith('8.') ? 17 : 21)]).then(
      () => undefined,
      messageOf,
    )
    describe(`${name}, on Elasticsearch ${version}`, () => {
      if (missing !== undefined) return missed(name, missing)
      let server: Restartable | undefined
      beforeAll(async () => {
        server = await startDistribution(version, wishes)
      }, 240_000)
      afterAll(() => server?.stop(), 60_000)
      suite(() => server as Restartable)
    })
  }
}
