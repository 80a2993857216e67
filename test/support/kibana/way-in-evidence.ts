import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const application = '7b1e64a2-0f3d-4c58-9a51-1de0c2f7b0ab'
const atOnce = { createdDateTime: '2026-03-09T08:15:21Z', ipAddress: '203.0.113.66' }
const right = { authenticationMethod: 'Password', succeeded: true, authenticationStepResultDetail: 'Correct password' }
const stoppedTwice = '7b1e64a2-0f3d-4c58-9a51-1de0c2f7b001'

const signIns = [
  {
    ...atOnce,
    id: stoppedTwice,
    userPrincipalName: 'alice@contoso.example',
    status: { errorCode: 50074, failureReason: 'Strong Authentication is required.' },
    authenticationDetails: [right],
  },
  {
    ...atOnce,
    id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7b002',
    userPrincipalName: 'bob@contoso.example',
    status: { errorCode: 53003, failureReason: 'Blocked by Conditional Access.' },
  },
  {
    ...atOnce,
    id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7b003',
    userPrincipalName: 'carol@contoso.example',
    appDisplayName: 'Microsoft Authentication Broker',
    authenticationProtocol: 'deviceCode',
    status: { errorCode: 0 },
  },
  {
    ...atOnce,
    id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7b005',
    ...{ appId: application, appDisplayName: 'Mail Archiver', resourceDisplayName: 'Microsoft Graph' },
    ...{ servicePrincipalId: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7b0aa', servicePrincipalName: 'Mail Archiver' },
    signInEventTypes: ['servicePrincipal'],
    status: { errorCode: 0 },
  },
]

const requests = [
  {
    ...{ Type: 'MicrosoftGraphActivityLogs', TimeGenerated: '2026-03-09T08:16:00Z', RequestMethod: 'GET' },
    ...{ RequestId: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7b006', ResponseStatusCode: 200, AppId: application },
    ...{
      IPAddress: '203.0.113.66',
      RequestUri: 'https://graph.microsoft.com/v1.0/users/alice@contoso.example/messages/1',
    },
  },
]

const audited = { RecordType: 15, CreationTime: '2026-03-09T08:15:21', ClientIP: '203.0.113.66' }
const records = [
  {
    ...audited,
    Id: stoppedTwice,
    Operation: 'UserLoginFailed',
    UserId: 'alice@contoso.example',
    ErrorNumber: '50074',
    Workload: 'AzureActiveDirectory',
  },
  {
    ...audited,
    Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7b004',
    RecordType: 261,
    Operation: 'CopilotInteraction',
    UserId: 'alice@contoso.example',
    Workload: 'Copilot',
    CopilotEventData: { AppHost: 'Word', AccessedResources: [{ Name: 'Budget.xlsx', Action: 'Read' }] },
  },
  {
    ...audited,
    Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7b007',
    RecordType: 1,
    Operation: 'Set-AdminAuditLogConfig',
    UserId: 'admin@contoso.example',
    Workload: 'Exchange',
    Parameters: [{ Name: 'UnifiedAuditLogIngestionEnabled', Value: 'False' }],
  },
  {
    ...audited,
    Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7b008',
    RecordType: 1,
    Operation: 'New-MailboxExportRequest',
    UserId: 'admin@contoso.example',
    Workload: 'Exchange',
    Parameters: [{ Name: 'Mailbox', Value: 'alice@contoso.example' }],
  },
]

const rules = ['UserName,RuleName,RuleEnabled,ForwardTo', 'alice@contoso.example,.,True,eve@evil.example']

/** When all of it happened. */
export const wayInTime = { first: '2026-03-09T00:00:00.000Z', last: '2026-03-10T00:00:00.000Z' }

/**
 * Writes what the sample tenant has none of: a right password that a second factor stopped, in both logs; one that a policy stopped; a sign-in by a
 * device code; an application that signed in by itself and had Microsoft Graph give it a mail; what Copilot was asked to read; a mailbox exported; auditing
 * switched off; and an inbox rule as it stood.
 */
export function writeWayIn(folder: string): void {
  writeFileSync(join(folder, 'sign-ins.json'), JSON.stringify({ value: signIns }))
  writeFileSync(join(folder, 'requests.json'), JSON.stringify(requests))
  writeFileSync(join(folder, '20260309-120000-MailboxRules.csv'), rules.join('\n'))
  writeFileSync(join(folder, 'audit.jsonl'), records.map((record) => `${JSON.stringify(record)}\n`).join(''))
}
