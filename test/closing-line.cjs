/** Ends the run with one plain line that any reader of a log understands. */
module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    const skipped = results.numPendingTests + results.numTodoTests
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
    this.line = `${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped`
    process.once('exit', () => process.stdout.write(`${this.line}\n`))
  }
}
