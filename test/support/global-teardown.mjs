/** Ends what `global-setup.mjs` began. */
export default async function end() {
  await globalThis.stopElasticsearch()
  globalThis.removeFilesInMemory()
}
