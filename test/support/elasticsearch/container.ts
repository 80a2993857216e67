import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Started } from './starter.ts'

/** Why no container can be started here; undefined when one can. */
export async function whyNoDocker(): Promise<string | undefined> {
  try {
    await promisify(execFile)('docker', ['version', '--format', '{{.Server.Version}}'], { timeout: 10_000 })
    return undefined
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string }
    return code === 'ENOENT' ? 'no docker command' : (stderr?.trim().split('\n').at(-1) ?? 'no answer')
  }
}

/** Elasticsearch as Elastic ships it. */
export async function startContainer(version: string): Promise<Started> {
  const { GenericContainer, Wait } = await import('testcontainers')
  const container = await new GenericContainer(`docker.elastic.co/elasticsearch/elasticsearch:${version}`)
    .withExposedPorts(9200)
    .withEnvironment({
      'discovery.type': 'single-node',
      'xpack.security.enabled': 'false',
      'cluster.routing.allocation.disk.threshold_enabled': 'false',
      ES_JAVA_OPTS: '-Xms512m -Xmx512m',
    })
    .withWaitStrategy(Wait.forHttp('/_cluster/health', 9200))
    .withStartupTimeout(300_000)
    .start()
  return {
    name: `Elasticsearch ${version} (Docker)`,
    url: `http://${container.getHost()}:${container.getMappedPort(9200)}`,
    stop: async () => void (await container.stop()),
  }
}
