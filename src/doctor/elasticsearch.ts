import type { Config } from '../config/config.ts'
import { messageOf } from '../errors.ts'
import { ask, ifStatus, noSuchApi } from '../sinks/elasticsearch/ask.ts'
import { connect } from '../sinks/elasticsearch/client.ts'
import { standingIn } from '../sinks/elasticsearch/obstacles.ts'
import { targetOf } from '../sinks/elasticsearch/options.ts'
import { missingTemplates } from '../sinks/elasticsearch/setup.ts'
import { streamsIn } from '../sinks/elasticsearch/templates.ts'
import { isForeign, newestIn, outdatedOf } from '../sinks/elasticsearch/upgrade.ts'
import type { Finding } from './finding.ts'

type Level = Finding['level']
type Seen = readonly [level: Level, text: string]
type Client = ReturnType<typeof connect>

/** Looks whether what is collected can be delivered: reachable, credentials, version, privileges, templates. */
export async function* checkElasticsearch({ elasticsearch, namespace }: Config): AsyncGenerator<Finding> {
  const { url } = elasticsearch
  const finding = (subject: string, [level, text]: Seen): Finding => ({ area: 'Elasticsearch', subject, level, text })
  if (url === undefined) {
    const text = 'there is none, so nothing is delivered: set ELASTICSEARCH_URL or elasticsearch.url'
    return yield finding('url', ['warning', text])
  }
  const client = connect({ ...elasticsearch, url, requestTimeoutMs: 10_000 })
  const target = targetOf(url)
  try {
    for (const [subject, look] of looks) {
      const failed = (error: unknown): Seen => ['problem', messageOf(error)]
      const seen = await look({ client, target, namespace }).catch(failed)
      yield finding(subject, seen)
      if (seen[0] === 'problem') return
    }
  } finally {
    await client.close()
  }
}

interface Place {
  readonly client: Client
  readonly target: string
  readonly namespace: string
}

const looks: readonly (readonly [subject: string, look: (place: Place) => Promise<Seen>])[] = [
  ['logon', logon],
  ['version', version],
  ['privileges', privileges],
  ['templates', templates],
  ['data streams', dataStreams],
]

async function logon({ client, target }: Place): Promise<Seen> {
  // Without security there is nobody to log on to.
  const asking = client.security.authenticate().catch(ifStatus(noSuchApi, { username: undefined }))
  const { username } = await ask(target, asking)
  if (username === undefined) return ['warning', `${target} asks nobody who they are: switch its security on`]
  return ['ok', `${target} knows us as ${username}`]
}

const oldest = [8, 19] as const

async function version({ client, target }: Place): Promise<Seen> {
  const untold = { version: { number: undefined } }
  const { version } = await ask(target, client.info().catch(ifStatus([403, ...noSuchApi], untold)))
  const { number } = version
  if (number === undefined) return ['warning', 'the version is not to be had: it takes the privilege monitor']
  const [major = 0, minor = 0] = number.split('.').map(Number)
  const isOld = major < oldest[0] || (major === oldest[0] && minor < oldest[1])
  return isOld ? ['problem', `${number} is too old: ${oldest.join('.')} or newer is needed`] : ['ok', number]
}

const wanted = ['auto_configure', 'index', 'delete', 'read', 'view_index_metadata', 'maintenance'] as const

async function privileges({ client, target, namespace }: Place): Promise<Seen> {
  const names = streamsIn(namespace).map(({ name }) => name)
  const index = [{ names, privileges: [...wanted] }]
  const asking = client.security.hasPrivileges({ cluster: ['manage_index_templates'], index })
  const answer = await ask(target, asking.catch(ifStatus(noSuchApi, null)))
  if (answer === null) return ['ok', 'nothing is restricted']
  const lacking = wanted.filter((name) => names.some((index) => answer.index[index]?.[name] === false))
  if (lacking.length > 0) return ['problem', `give the account ${lacking.join(', ')} on ${names.join(', ')}`]
  if (answer.cluster['manage_index_templates'] === true) return ['ok', 'all that is needed']
  return ['warning', 'enough to deliver; templates are to be installed by somebody with manage_index_templates']
}

async function templates({ client, target, namespace }: Place): Promise<Seen> {
  const run = `\`hoofprint setup --namespace ${namespace}\``
  const missing = await missingTemplates({ client, target }, namespace)
  if (missing === undefined) {
    return [
      'warning',
      `whether they are installed is not to be seen: it takes the privilege monitor; see that ${run} was run`,
    ]
  }
  if (missing.length === 0) return ['ok', 'they are installed']
  return ['warning', `${missing.join(', ')} are missing: run ${run}; delivering does it too, where the account may`]
}

/** Whether what is there takes documents: no index or alias in the way, none closed, the newest not read-only, and every field to be searched. */
async function dataStreams({ namespace, ...cluster }: Place): Promise<Seen> {
  const { client, target } = cluster
  const { obstacles, streams } = await standingIn(cluster, streamsIn(namespace))
  if (obstacles.length > 0) {
    return ['problem', `${obstacles.join(', ')}: an index or alias where a data stream should be: rename or delete it`]
  }
  if (streams.length === 0) return ['ok', 'none yet: the first delivery makes them']
  const index = streams.map(({ name }) => name)
  const name = [closedSetting, 'index.blocks.*']
  const settings = await ask(target, client.indices.getSettings({ index, name, flat_settings: true }))
  const set = (index: string) =>
    Object.entries(settings[index]?.settings ?? {}).filter(([, value]) => `${value}` === 'true')
  for (const { indices } of streams) {
    const closed = indices.find((one) => set(one).some(([setting]) => setting === closedSetting))
    if (closed !== undefined)
      return ['problem', `${closed} is closed, and so nothing is delivered: open it, or delete it`]
    const newest = indices.at(-1) as string
    const [block] = set(newest).filter(isReadOnly)
    if (block !== undefined) {
      return [
        'problem',
        `${newest} is read-only (${block[0]}): find out who set it so, as Elasticsearch does when a disk is full`,
      ]
    }
  }
  const run = `run \`hoofprint setup --namespace ${namespace}\`; delivering does it too, where the account may`
  const newest = await newestIn(cluster, streams)
  const foreign = newest.filter(({ mapping }) => isForeign(mapping)).map(({ stream }) => stream)
  if (foreign.length > 0) return ['problem', `${foreign.join(', ')} was made by a template of others: ${run}`]
  const outdated = outdatedOf(newest)
  const [still, ...more] = streams.flatMap(({ indices }) => indices.filter((one) => set(one).some(isReadOnly)))
  const stays =
    still === undefined
      ? ''
      : `; what is in ${still}${more.length > 0 ? ` and ${more.length} more` : ''}, which can only be read, stays as it was`
  if (outdated.length === 0) return ['ok', `${index.join(', ')} can be delivered to${stays}`]
  return ['warning', `fields of this version cannot be searched in ${outdated.join(', ')}: ${run}`]
}

// Elasticsearch notes it when an index is closed, and takes it away when that is opened.
const closedSetting = 'index.verified_before_close'
const readOnly: ReadonlySet<string> = new Set(
  ['read_only', 'read_only_allow_delete', 'write'].map((name) => `index.blocks.${name}`),
)

function isReadOnly([setting]: readonly [setting: string, value: unknown]): boolean {
  return readOnly.has(setting)
}
