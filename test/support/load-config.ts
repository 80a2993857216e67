import { type Config, configOf, type Given } from '#src/config/config.ts'

/** The configuration as it is at first. */
export function loadConfig(
  file: string | undefined,
  environment: Parameters<typeof configOf>[1],
  given: Given,
): Config {
  return configOf(file, environment, given, () => {})()
}
