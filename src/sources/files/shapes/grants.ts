import { type StateForm, stateShapes } from './states.ts'

// Columns: Get-OAuthPermissions of Microsoft-Extractor-Suite; Get-AzureADPSPermission, as Hawk and others have it; Graph's oAuth2PermissionGrant.
const forms: readonly StateForm[] = [
  {
    name: 'oauth-permissions',
    title: 'Permissions of applications listed by Get-OAuthPermissions of Microsoft-Extractor-Suite, or by Hawk',
    operation: 'OAuthPermission',
    columns: ['PermissionType', 'ClientObjectId', 'Permission', 'ConsentType'],
    whose: ['PrincipalObjectId'],
    names: { clientdisplayname: 'AppDisplayName' },
    begins: { PermissionType: /^(?:Delegated|Application)$/ },
  },
  {
    name: 'oauth-grants',
    title: 'Permissions of applications listed by M365IRScripts',
    operation: 'OAuthPermission',
    columns: ['PrincipalName', 'AppDisplayName', 'AppId', 'ConsentType', 'Scope'],
    whose: ['PrincipalDisplayName', 'PrincipalId'],
    names: { principalname: 'PrincipalDisplayName', scope: 'Permission', resourcename: 'ResourceDisplayName' },
  },
  {
    name: 'graph-permission-grants',
    title: 'Permissions of applications that Graph lists (oauth2PermissionGrants)',
    operation: 'OAuthGrant',
    columns: ['clientId', 'consentType', 'scope'],
    oneOf: ['resourceId', 'principalId'],
    whose: ['PrincipalObjectId'],
    names: {
      ...{ clientid: 'ClientObjectId', consenttype: 'ConsentType' },
      ...{ principalid: 'PrincipalObjectId', scope: 'Permission' },
    },
    begins: { ConsentType: /^(?:AllPrincipals|Principal)$/ },
  },
]

/** Every form in which permissions of applications are listed. */
export const grants = forms.map(stateShapes)
