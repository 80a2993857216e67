/**
 * The parameters of a cmdlet that stand in one text as they were typed, as records of Security & Compliance PowerShell have them:
 * `-Identity "a" -Confirm:$false`. A query may have quotes in its quotes, and `-draft` behind them, where something is not to
 * be found: what ends a value stands before the next name, which has a capital and its value or another name behind it, or at the end, as of a text that
 * is cut off. A switch has no value, and is left out. Nothing where no parameter is to be told.
 */
export function argumentsIn(line: string): Readonly<Record<string, string>> | undefined {
  const pairs = [
    ...line.matchAll(
      /(?<!\S)-(\w+)[ :]+(?:"(.*?)(?:"(?=\s+-[A-Z]\w+(?::|\s+["$\d]|\s+-[A-Z]|\s*$)|\s*$)|$)|(?!-[A-Za-z])(\S+))/gs,
    ),
  ]
  if (pairs.length === 0) return undefined
  return Object.fromEntries(pairs.map(([, name = '', quoted, word = '']) => [name, quoted ?? word]))
}
