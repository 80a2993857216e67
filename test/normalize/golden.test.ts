import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type Activity, isObject, type Json, type JsonObject, type Origin } from '#src/activity.ts'
import { encode } from '#src/encode.ts'
import { plainOperation } from '#src/microsoft/operation-name.ts'
import { auditRecord } from '#src/normalize/audit-record.ts'
import { categories } from '#src/normalize/categories/index.ts'
import { graphRequest } from '#src/normalize/graph-request.ts'
import { normalizer } from '#src/normalize/index.ts'
import { type Category, type OperationsKey, operationsOf } from '#src/normalize/table.ts'
import { parseTime } from '#src/time/time.ts'

/** One invented record per operation, the smallest that shows it; `UPDATE=1` rewrites what is expected of it. */
const fixtures = join(import.meta.dirname, '../fixtures')

interface Dataset extends Pick<Activity, 'dataset'> {
  readonly origin: Origin
  /** Where its records have their time. */
  readonly time: string
  /** What its activities say otherwise than most. */
  own?(record: JsonObject): Partial<Activity>
  /** The row of the operations' tables that the activity belongs to. */
  rowOf?(activity: Activity): string
}

const originOf = (source: string, file = 'evidence.json') => ({ source, file, sha256: '5'.repeat(64), row: 2 })

/** How each dataset's fixtures become activities. */
const datasets: Readonly<Record<OperationsKey, Dataset>> = {
  activity: {
    dataset: 'o365.activity',
    origin: originOf('retriever-csv', 'alice.csv'),
    time: 'TimeStamp',
    own: () => ({ original: 'the row as received' }),
  },
  audit: {
    dataset: 'o365.audit',
    origin: originOf('management-api', 'audit.json'),
    time: 'CreationTime',
    own: (record) => ({
      id: String(record['Id']),
      operation: String(record['Operation']),
      mailbox: String(mailboxOf(record) ?? '').toLowerCase(),
      original: 'the record as received',
    }),
    rowOf: (activity) =>
      auditRecord.variant?.(activity.record, activity) ??
      (isNamed(activity.operation) ? activity.operation : (auditRecord.kin?.(activity.record, activity) ?? '')),
  },
  signIn: {
    dataset: 'azure.signinlogs',
    origin: originOf('the-shape'),
    time: 'createdDateTime',
    own: (record) => ({ mailbox: String(record['userPrincipalName']).toLowerCase() }),
  },
  request: {
    dataset: 'azure.graphactivitylogs',
    origin: originOf('graph-activity'),
    time: 'timeGenerated',
    own: () => ({ operation: 'Microsoft Graph Activity' }),
    rowOf: (activity) => graphRequest.variant?.(activity.record, activity) ?? activity.operation,
  },
  trace: { dataset: 'o365.messagetrace', origin: originOf('the-shape'), time: 'Received' },
  state: {
    dataset: 'o365.state',
    origin: originOf('the-shape'),
    time: '', // It is that of the listing.
    own: () => ({ time: Date.UTC(2026, 2, 10, 12) }),
  },
}

function activityOf({ dataset, time, own }: Dataset, record: JsonObject, operation: string): Activity {
  return {
    ...{ dataset, id: `id-of-${operation}`, time: parseTime(String(record[time])) ?? Number.NaN, operation },
    ...{ mailbox: 'alice@contoso.example', record, original: 'as received', ...own?.(record) },
  }
}

const keys = Object.keys(datasets) as OperationsKey[]

for (const category of categories) {
  for (const key of keys) {
    const dataset = datasets[key]
    const { origin, rowOf } = dataset
    const operations = namesOf(category, key)
    if (operations.length === 0) continue
    describe(`${category.name} of ${key}`, () => {
      test.each(operations)('the document of %s is the expected one', async (operation) => {
        const path = join(fixtures, category.name, key, fileSafe(operation))
        const record: JsonObject = JSON.parse(await readFile(`${path}.json`, 'utf8'))
        const activity = activityOf(dataset, record, operation)

        const document: unknown = JSON.parse(encode(normalizer.document(activity, origin)))

        if (process.env['UPDATE'] === '1') await write(`${path}.expected.json`, document)
        expect(rowOf?.(activity) ?? activity.operation).toBe(operation)
        expect(document).toEqual(JSON.parse(await readFile(`${path}.expected.json`, 'utf8')))
      })
    })
  }
}

test('every operation of every dataset has a pair of fixtures, and every fixture is of an operation', async () => {
  const wanted: string[] = []
  const found: string[] = []

  for (const category of categories) {
    for (const key of keys) {
      const names = namesOf(category, key).map(fileSafe)
      wanted.push(...names.flatMap((name) => [`${name}.json`, `${name}.expected.json`].map(at(category, key))))
      const files = await readdir(join(fixtures, category.name, key)).catch(() => [])
      found.push(...files.map(at(category, key)))
    }
  }

  expect(found.sort()).toEqual(wanted.sort())
})

/** Whether a table names an audit record's operation. */
function isNamed(operation: string): boolean {
  const names = categories.flatMap((category) => namesOf(category, 'audit'))
  return names.some((name) => plainOperation(name) === plainOperation(operation))
}

function namesOf(category: Category, key: OperationsKey): string[] {
  return operationsOf(category, key).flatMap(({ operations }) => Object.keys(operations))
}

function mailboxOf(record: JsonObject): Json | undefined {
  const recipient = record['Operation'] === 'TIMailData' ? [record['Recipients'] ?? []].flat()[0] : undefined
  return record['MailboxOwnerUPN'] ?? identityOf(record) ?? recipient ?? record['UserId']
}

/** The mailbox that a cmdlet names, where it names it by address. */
function identityOf({ Parameters: parameters }: JsonObject): Json | undefined {
  const named = (Array.isArray(parameters) ? parameters.filter(isObject) : []).find(({ Name }) => Name === 'Identity')
  return String(named?.['Value']).includes('@') ? named?.['Value'] : undefined
}

function fileSafe(operation: string): string {
  return operation.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '')
}

function at(category: Category, key: string): (file: string) => string {
  return (file) => `${category.name}/${key}/${file}`
}

async function write(path: string, document: unknown): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, `${JSON.stringify(document, null, 2)}\n`)
}
