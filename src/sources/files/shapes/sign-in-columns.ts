/**
 * What Log Analytics calls the columns of its tables of sign-ins (learn.microsoft.com/azure/azure-monitor/reference/tables/signinlogs). They are Graph's
 * names but for capitals, and databases that tables went through since may have left none, or nothing else.
 */
export const signInColumns: readonly string[] = `TenantId SourceSystem ResourceId OperationName OperationVersion
  Category ResultSignature ResultDescription DurationMs CorrelationId Resource ResourceGroup Identity Level Location
  AlternateSignInName AppDisplayName AppId AuthenticationContextClassReferences SessionId AuthenticationDetails
  AppliedEventListeners AuthenticationMethodsUsed ManagedServiceIdentity Id AuthenticationProcessingDetails
  AuthenticationRequirement AuthenticationRequirementPolicies Type ClientAppUsed ConditionalAccessPolicies
  AppliedConditionalAccessPolicies ConditionalAccessStatus CreatedDateTime DeviceDetail IsInteractive IPAddress
  LocationDetails MfaDetail RiskDetail NetworkLocationDetails OriginalRequestId ProcessingTimeInMs
  ProcessingTimeInMilliseconds Status RiskEventTypes RiskEventTypes_V2 RiskLevelAggregated RiskLevelDuringSignIn
  RiskState UserAgent ResourceDisplayName ResourceIdentity ResourceServicePrincipalId ServicePrincipalId UserId
  ServicePrincipalName ServicePrincipalCredentialKeyId TokenIssuerName TokenIssuerType UserType UserDisplayName
  UserPrincipalName AADTenantId FlaggedForReview IPAddressFromResourceProvider SignInIdentifier SignInIdentifierType
  SignInEventTypes ResourceTenantId HomeTenantId HomeTenantName UniqueTokenIdentifier AutonomousSystemNumber
  AuthenticationProtocol IsTenantRestricted CrossTenantAccessType IncomingTokenType OriginalTransferMethod
  TokenProtectionStatusDetails ClientCredentialType GlobalSecureAccessIpAddress
  IsThroughGlobalSecureAccess`.split(/\s+/)

/** What scripts that flatten Graph's sign-ins call what stands in its objects. */
export const flattenedColumns: readonly string[] = [
  ...['errorCode', 'failureReason', 'additionalDetails'].map((name) => `status.${name}`),
  ...['deviceId', 'displayName', 'operatingSystem', 'browser', 'isCompliant', 'isManaged', 'trustType'].map(
    (name) => `deviceDetail.${name}`,
  ),
  ...['city', 'state', 'countryOrRegion', 'geoCoordinates.latitude', 'geoCoordinates.longitude'].map(
    (name) => `location.${name}`,
  ),
  ...['authMethod', 'authDetail'].map((name) => `mfaDetail.${name}`),
]
