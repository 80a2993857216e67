/** Names of the record types of this case, as Search-UnifiedAuditLog writes them; Graph begins them with a small letter. */
const names: Record<number, string> = {
  1: 'ExchangeAdmin',
  2: 'ExchangeItem',
  3: 'ExchangeItemGroup',
  4: 'SharePoint',
  6: 'SharePointFileOperation',
  8: 'AzureActiveDirectory',
  14: 'SharePointSharingOperation',
  15: 'AzureActiveDirectoryStsLogon',
  25: 'MicrosoftTeams',
  28: 'ThreatIntelligence',
  40: 'SecurityComplianceAlerts',
  50: 'ExchangeItemAggregated',
  101: 'ExchangeSearch',
  102: 'SharePointSearch',
}

/** The name of a record type. */
export function recordTypeName(recordType: number): string {
  const name = names[recordType]
  if (name === undefined) throw new Error(`record type ${recordType} has no name here`)
  return name
}
