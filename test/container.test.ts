import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { root } from './support/cli.ts'

const text = (name: string) => readFileSync(join(root, name), 'utf8')

/** The lines of the last stage of the Dockerfile: what the image holds. */
const stage = text('Dockerfile').slice(text('Dockerfile').lastIndexOf('\nFROM ')).split('\n')
const userAt = (line: number) =>
  stage
    .slice(0, line)
    .findLast((each) => each.startsWith('USER '))
    ?.slice('USER '.length) ?? 'root'
const user = userAt(stage.length)

test('types are stripped by the user who runs the image, for Node keeps them for each user apart', () => {
  const warmUp = stage.indexOf('RUN node bin/warm-up.mjs')

  expect(warmUp).toBeGreaterThan(0)
  expect(userAt(warmUp)).toBe(user)
})
