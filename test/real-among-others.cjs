const Sequencer = require('@jest/test-sequencer').default

/**
 * Test files that ask real servers take turns with others, which have work while those wait, and which come first, while the servers start. All of
 * them come early: one begun near the end would be waited for alone.
 */
module.exports = class RealAmongOthers extends Sequencer {
  sort(tests) {
    const { real = [], other = [] } = Object.groupBy(super.sort(tests), ({ path }) =>
      path.endsWith('.real.test.ts') ? 'real' : 'other',
    )
    globalThis.isElasticsearchWanted = real.length > 0 // `global-setup.mjs` comes after this.
    return [...real.flatMap((test, i) => [...other.slice(i, i + 1), test]), ...other.slice(real.length)]
  }
}
