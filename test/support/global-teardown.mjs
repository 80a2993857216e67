/** Ends what `global-setup.mjs` began. */
export default async function endElasticsearch() {
  await globalThis.stopElasticsearch()
}
