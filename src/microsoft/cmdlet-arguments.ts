/**
 * The parameters of a cmdlet that stand in one text as they were typed, as records of Security & Compliance PowerShell have them:
 * `-Identity "a" -Confirm:$false`. A query may have quotes in its quotes, and `-draft` behind them, where something is not to
 * be found: what ends a value stands before the next name, which has a capital and its value or another name behind it, or at the end, as of a text that
 * is cut off. A word without quotes is a value behind the names of `bareNames` alone. A switch has no value, and is left out. Nothing where no parameter is to be told.
 */
export function argumentsIn(line: string): Readonly<Record<string, string>> | undefined {
  const pairs = [...line.matchAll(argument)]
  if (pairs.length === 0) return undefined
  return Object.fromEntries(pairs.map(([, name = '', quoted, word = '']) => [name, quoted ?? word]))
}

/** Parameters of eDiscovery's cmdlets that take one word (Microsoft's reference of New-ComplianceSearchAction, New-ComplianceCase, New-CaseHoldRule and the like). */
const bareNames = [
  ...[
    'Action',
    'ActionName',
    'ActionScope',
    'Case',
    'CaseType',
    'Description',
    'ExchangeArchiveFormat',
    'ExchangeLocation',
  ],
  ...['Format', 'HoldNames', 'Identity', 'Language', 'Name', 'Policy', 'PurgeType', 'Region', 'Scope', 'SearchName'],
  ...['SearchNames', 'SharePointArchiveFormat', 'SharePointLocation', 'Type', 'User'],
]
const nextName = `-(?:[A-Z]\\w+(?::|\\s+["$\\d]|\\s+-[A-Z]|\\s*$)|(?:${bareNames.join('|')})\\s+\\w)`
const argument = new RegExp(`(?<!\\S)-(\\w+)[ :]+(?:"(.*?)(?:"(?=\\s+${nextName}|\\s*$)|$)|(?!-[A-Za-z])(\\S+))`, 'gs')
