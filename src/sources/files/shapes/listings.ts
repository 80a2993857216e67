/**
 * A listing of how things stood when somebody looked, or a table that tells too little: why it is no evidence, and by which members it is known, in lower
 * case; of several lists by all of one.
 */
type Listing = readonly [reason: string, ...members: string[]]

/** `what` as it was: it does not say who did that; these operations of the audit log do. */
const state = (what: string, operations: string) =>
  `${what} as they were when somebody looked, not who made or changed them and from where: the audit log tells that (${operations})`

/** Of such a table nobody can tell which records it has, and often not in which time zone. */
const retold = (what: string, instead: string) => `${what}, without the ids of the records: import ${instead}`
const recordsThemselves =
  'the records themselves, with AuditData (Search-UnifiedAuditLog | Export-Csv), which such scripts often save beside'

// What the cmdlets, Graph's resources, portals and scripts of these names have and records of what happened have not: the columns of
// Microsoft-Extractor-Suite's Get-* (its Scripts), of Exchange's cmdlets, Graph's resources, Purview's export reports and Defender's portal.
const listings: readonly Listing[] = [
  ['answers that Hoofprint wrote', 'stamp, writtenat, tables', 'whose, marks, sections', 'total, marks, sessions'],
  [
    'who is at risk, not what was found: export the risk detections too (Get-MgRiskDetection, AADUserRiskEvents)',
    'risklastupdateddatetime, risklevel, riskdetail',
  ],
  [
    state('inbox rules', 'New-InboxRule, Set-InboxRule, UpdateInboxRules'),
    'ruleidentity, mailboxownerid',
    'rulename, ruleidentity, stopprocessingrules',
    'ruleid, sequence, isenabled, haserror',
    'displayname, sequence, isenabled, actions',
  ],
  [
    state('rules that Outlook itself runs, such as those that start a program,', 'UpdateInboxRules'),
    'ispotentiallymalicious, rulename, actioncommand',
  ],
  [
    state('permissions of mailboxes', 'Add-MailboxPermission, Add-RecipientPermission'),
    'fullaccess, sendas, sendonbehalf',
  ],
  [state('permissions of applications', 'Consent to application.'), 'permissiontype, clientobjectid, consenttype'],
  [
    state('ways to sign in', 'User registered security info, Update user.'),
    'mfastatus',
    'ismfaregistered, methodsregistered',
  ],
  [
    state('accounts', 'Add user., Update user., Change user password.'),
    'userprincipalname, lastpasswordchangedatetime',
    'userprincipalname, displayname, accountenabled',
    'userprincipalname, displayname, signinactivity',
  ],
  [
    state('applications', 'Add service principal., Update application., Consent to application.'),
    'appid, displayname, keycredentials',
    'appid, displayname, passwordcredentials',
    'appid, displayname, serviceprincipaltype',
  ],
  [
    state('policies of Conditional Access', 'Add policy., Update policy.'),
    'displayname, state, conditions, grantcontrols',
  ],
  [
    state('devices', 'Add device., Add registered owner to device.'),
    'deviceid, displayname, approximatelastsignindatetime',
  ],
  [
    'the steps of mails, not whose they were and what about: export the traces too (Get-MessageTraceV2)',
    'messagetraceid, event, action, detail',
  ],
  [
    'that others were in mailboxes, and when, not who they were and what they did: search the mailbox audit log with -ShowDetails',
    'mailboxguid, mailboxresolvedownername, lastaccessed',
  ],
  [
    "the steps of sign-ins, without who signed in: import what Entra's portal saves beside it, or its download as JSON, which holds these too",
    'request id, authentication method, succeeded, requirement',
  ],
  [
    state('mails in quarantine', 'QuarantineReleaseMessage, QuarantinePreviewMessage'),
    'identity, receivedtime, policytype, releasestatus',
  ],
  [
    "mails as Defender's Explorer shows them: export EmailEvents and EmailPostDeliveryEvents of advanced hunting",
    'original delivery location, latest delivery location, delivery action',
  ],
  [
    'activities as Defender for Cloud Apps shows them, without their records: export CloudAppEvents of advanced hunting',
    'app, activity type, activity objects, user agent string',
  ],
  [
    'what was in mailboxes, not who read it and when: the audit log tells that (MailItemsAccessed)',
    'folderpath, itemsinfolder, foldersize',
    'item identity, location name, target path',
  ],
  [
    "a list as Defender's portal shows it, without ids: export alerts and incidents from Graph (Get-MgSecurityAlertV2, Get-MgSecurityIncident), or AlertInfo and AlertEvidence",
    'alert name, severity, impacted assets',
    'incident name, severity, impacted assets',
  ],
  [
    "what Entra's portal shows of risks: export the risk detections (Get-MgRiskDetection, AADUserRiskEvents) and the sign-ins",
    'detection type, risk state, risk level',
    'risk state, risk level (aggregate), risk level (real-time)',
  ],
  [
    "what was done to Azure's resources: no activity of a mailbox or of an account",
    'eventtimestamp, subscriptionid, operationname',
    'event_timestamp, subscription_id, operation_name',
    'eventtimestamp, caller, operationname',
  ],
  [
    'IdentityDirectoryEvents, which is not read: directory audits and the audit log tell changes in Entra',
    'actiontype, targetaccountupn, targetaccountdisplayname',
  ],
  // Tables of M365IRScripts, of CIAOPS's and Office 365 for IT Pros' scripts, of AzureHunter.
  [
    retold('sign-ins as a script laid them out', "the download of Entra's portal that it read"),
    'dateutc, username, failurereason',
  ],
  [
    retold('directory audits as a script laid them out', "the download of Entra's portal that it read"),
    'actoruserprincipalname, activity, target1type',
  ],
  [
    retold(
      'sign-ins as a script shows them',
      'what Graph gave it (Get-MgBetaAuditLogSignIn | ConvertTo-Json -Depth 10)',
    ),
    'userprincipalname, createddatetime, isinteractive, clientappused',
  ],
  [
    retold('some fields of the audit log as Splunk shows them', 'the events themselves, exported with _raw'),
    '_time, operation, userid',
  ],
  [
    retold('the audit log as a script shows it', recordsThemselves),
    'localtime, operation, userid',
    'timestamp, user, folder, access, messages',
    'timestamp, user, operation, sendasuser',
    'timestamp, user, action, ipaddress, status',
    'timestamp, user, action, message subjects',
    'timestamp, sentby, sentas',
    'timestamp, service, upn, operation',
    'user, date, appid, adminconsent',
    'user, creationdate, copilot app',
    'userid, clientip, devicepropertiesos',
  ],
  ['what M365IncidentResponseTools writes above its records, and none of them', 'metadata, filenameprefix'],
  [
    'messages of Teams (MessageEvents and its like), which are not read',
    'teamsmessageid, threadid',
    'teamsmessageid, reportid',
  ],
  [
    'what Defender saw on devices (DeviceEvents and its like): no activity of a mailbox or of an account',
    'deviceid, devicename, reportid',
  ],
  [
    'which links or files mails have (EmailUrlInfo, EmailAttachmentInfo), not what became of them: export EmailEvents and UrlClickEvents too',
    'networkmessageid, url, urldomain',
    'networkmessageid, filename, filetype',
  ],
  ['queries of Active Directory (IdentityQueryEvents), which are not read', 'querytarget, querytype, actiontype'],
  [
    'what provisioning of Entra did (AADProvisioningLogs), which is not read: directory audits and the audit log tell changes in Entra',
    'sourceidentity, targetidentity',
  ],
  [
    'requests to Azure AD Graph, which gives no mail: those to Microsoft Graph are read (MicrosoftGraphActivityLogs)',
    'requesturi, requestmethod, actortype',
    'requesturi, httpmethod, actortype',
  ],
  [
    "incidents as Sentinel's own API gives them: export the table SecurityIncident, and SecurityAlert",
    'incidentnumber, createdtimeutc',
    'incident_number, created_time_utc',
    'properties.incidentnumber, properties.createdtimeutc',
  ],
  ["an answer in frames (version 2 of Kusto's API): save it as CSV, or ask version 1 (v1/rest/query)", 'frametype'],
]

const listed = listings.map(([reason, ...members]) => ({ reason, sets: members.map((all) => all.split(', ')) }))

/** Fields of documents in a table, which Kibana and its like write of those that they show: values of lists do not say there which belong together. */
const shownFields: readonly (readonly [field: RegExp, reason: string])[] = [
  [
    /^(?:o365\.audit|azure\.(?:signinlogs|auditlogs))\./,
    "a table of some fields of Elastic's documents: save the documents themselves as JSON (a search's answer with _source, a dump of the index), or with event.original",
  ],
  [
    /^(?:_source\.)?data\.office365\./,
    "a table of some fields of Wazuh's alerts: save the alerts themselves as JSON (alerts.json or archives.json, a search's answer with _source)",
  ],
]

/** Why a record or a row with these members is no evidence of what happened, where it is one of a listing that is known. */
export function whyNoEvidence(names: readonly string[]): string | undefined {
  const known = new Set(names.map((name) => name.toLowerCase()))
  const shown = shownFields.find(([field]) => names.some((name) => field.test(name)))
  if (shown !== undefined) return shown[1]
  return listed.find(({ sets }) => sets.some((set) => set.every((name) => known.has(name))))?.reason
}

/** What all of Hoofprint's tables name; those of files have another name for the evidence. */
const ownNames = [
  ['Mailbox', 'Event ID', 'File', 'Row'],
  ['Mailbox', 'Event ID', 'Evidence File', 'Evidence Row'],
]

/** Whether a table with these columns is one that Hoofprint wrote. */
export function isOwnTable(columns: readonly string[]): boolean {
  const isTable = ownNames.some((names) => names.every((name) => columns.includes(name)))
  return isTable || columns.some((column) => column.startsWith('hoofprint.'))
}
