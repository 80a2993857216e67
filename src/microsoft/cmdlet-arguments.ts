/**
 * The parameters of a cmdlet that stand in one text as they were typed, as records of Security & Compliance PowerShell have them:
 * `-Identity "a" -Confirm:$false`. A query may have quotes in its quotes, and `-draft` behind them, where something is not to
 * be found: what ends a value stands before the next name and what separates that from its value, or at the end, as of a text that is cut off.
 * A switch has no value, and is left out. Nothing where no parameter is to be told.
 */
export function argumentsIn(line: string): Readonly<Record<string, string>> | undefined {
  const pairs = [...line.matchAll(/(?<!\S)-(\w+)[ :]+(?:"(.*?)(?:"(?=\s+-\w+(?:[\s:]|$)|\s*$)|$)|(?!-[a-z])(\S+))/gis)]
  if (pairs.length === 0) return undefined
  return Object.fromEntries(pairs.map(([, name = '', quoted, word = '']) => [name, quoted ?? word]))
}
