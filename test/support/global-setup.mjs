/** Offers Elasticsearch to every test file; nothing is started until one asks. */
export default async function offerElasticsearch() {
  const { startStarter } = await import('./elasticsearch/starter.ts')
  const starter = await startStarter()
  process.env.HOOFPRINT_ELASTICSEARCH_STARTER = starter.url
  globalThis.stopElasticsearch = starter.stop
}
