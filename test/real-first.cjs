const Sequencer = require('@jest/test-sequencer').default

/** Test files that wait for real servers come first: one begun near the end would be waited for alone. */
module.exports = class RealFirst extends Sequencer {
  sort(tests) {
    const { real = [], other = [] } = Object.groupBy(super.sort(tests), ({ path }) =>
      path.endsWith('.real.test.ts') ? 'real' : 'other',
    )
    return [...real, ...other]
  }
}
