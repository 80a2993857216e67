const { relative } = require('node:path')

/** Ends the run with the files that took longest, and one plain line that any reader of a log understands. */
module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    const skipped = results.numPendingTests + results.numTodoTests
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
    this.lines = [
      ...slowest(results.testResults),
      `${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped`,
    ]
    process.once('exit', () => process.stdout.write(`${this.lines.join('\n')}\n`))
  }
}

function slowest(files) {
  if (files.length <= 20) return []
  const longest = files.toSorted((a, b) => tookMs(b) - tookMs(a)).slice(0, 20)
  return longest.map((file) => `${Math.round(tookMs(file) / 1000)} s ${relative(__dirname, file.testFilePath)}`)
}

function tookMs({ perfStats: { start = 0, end = 0 } = {} }) {
  return end - start
}
