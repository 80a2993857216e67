/** Tests run the TypeScript as it is: types are stripped, nothing is compiled. */
export default {
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/strip-types.cjs' },
  moduleNameMapper: { '^#src/(.*)$': '<rootDir>/src/$1' },
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  reporters: ['default', '<rootDir>/test/closing-line.cjs'],
  testSequencer: '<rootDir>/test/real-among-others.cjs',
  // One for each core: who waits for a server leaves room, and jest would keep a core of two for itself.
  maxWorkers: '100%',
  testTimeout: 60_000,
}
