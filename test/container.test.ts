import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse, parseAllDocuments } from 'yaml'
import { root } from './support/cli.ts'
import { fileOf } from './support/folder.ts'
import { loadConfig } from './support/load-config.ts'

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

test('what the Dockerfile copies is there, and nothing keeps it from the builder', () => {
  const copied = text('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)
  const sources = [...copied].flatMap(([, names = '']) => names.split(' ')).map((name) => name.replace('./', ''))
  const allowed = text('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))

  expect(sources).toContain('src')
  expect(sources.filter((name) => !existsSync(join(root, name)))).toEqual([])
  expect(sources.filter((name) => !allowed.includes(`!${name}`))).toEqual([])
})

test('the compose file runs it as the user whom the image made the case for', () => {
  const { services } = parse(text('compose.yaml'), { merge: true })

  expect([services.setup.user, services.hoofprint.user]).toEqual([user, user])
})

test('the Kubernetes manifest runs it as that user, with a configuration that is one and the secrets that it is given', () => {
  const [map, , set] = parseAllDocuments(text('deploy/kubernetes/hoofprint.yaml')).map((document) => document.toJS())
  const secrets = Object.keys(parse(text('deploy/kubernetes/secret.yaml')).stringData)
  const { securityContext, containers } = set.spec.template.spec
  const files = containers[0].env.filter(({ name }: { name: string }) => name.endsWith('_FILE'))
  const environment = files.map(({ name }: { name: string }) => [name.replace(/_FILE$/, ''), 'secret'])
  const [file] = containers[0].args.slice(-1)

  const config = loadConfig(
    fileOf(map.data[file.split('/').pop()], 'hoofprint.yaml'),
    Object.fromEntries(environment),
    {},
  )

  expect(config).toMatchObject({ case: '/case', elasticsearch: { apiKey: 'secret' } })
  expect(config.tenants[0]?.credentials).toMatchObject({ clientSecret: 'secret' })
  expect(files.map(({ value }: { value: string }) => value.split('/').pop()).sort()).toEqual(secrets.sort())
  expect(`${securityContext.runAsUser}:${securityContext.runAsGroup}`).toBe(user)
  expect(securityContext.fsGroup).toBe(securityContext.runAsGroup)
})
