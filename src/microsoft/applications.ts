import { guid, isGuid, isNobodys } from '../guid.ts'

/**
 * Microsoft's own applications that mailboxes and sign-ins meet most, by their id in every tenant. From "Verify first-party Microsoft
 * applications in sign-in reports" of Microsoft's support articles, 2024-03-08.
 */
const names: ReadonlyMap<string, string> = new Map([
  ['00000002-0000-0000-c000-000000000000', 'Windows Azure Active Directory'],
  ['00000002-0000-0ff1-ce00-000000000000', 'Office 365 Exchange Online'],
  ['00000003-0000-0000-c000-000000000000', 'Microsoft Graph'],
  ['00000003-0000-0ff1-ce00-000000000000', 'Office 365 SharePoint Online'],
  ['00000004-0000-0ff1-ce00-000000000000', 'Skype for Business Online'],
  ['00000005-0000-0ff1-ce00-000000000000', 'Viva Engage'],
  ['00000006-0000-0ff1-ce00-000000000000', 'Microsoft Office 365 Portal'],
  ['00000007-0000-0000-c000-000000000000', 'Dataverse'],
  ['00000007-0000-0ff1-ce00-000000000000', 'Microsoft Exchange Online Protection'],
  ['00000009-0000-0000-c000-000000000000', 'Power BI Service'],
  ['0000000c-0000-0000-c000-000000000000', 'Microsoft App Access Panel'],
  ['00b41c95-dab0-4487-9791-b9d2c32c80f2', 'Office 365 Management'],
  ['04b07795-8ddb-461a-bbee-02f9e1bf7b46', 'Microsoft Azure CLI'],
  ['08e18876-6177-487e-b8b5-cf950c1e598c', 'SharePoint Online Web Client Extensibility'],
  ['0f698dd4-f011-4d23-a33e-b36416dcb1e6', 'OfficeClientService'],
  ['13937bba-652e-4c46-b222-3003f4d1ff97', 'Substrate Context Service'],
  ['14d82eec-204b-4c2f-b7e8-296a70dab67e', 'Microsoft Graph Command Line Tools'],
  ['18fbca16-2224-45f6-85b0-f7bf2b39b3f3', 'Microsoft Docs'],
  ['1b730954-1685-4b74-9bfd-dac224a7b894', 'Azure Active Directory PowerShell'], // As sign-in logs call it.
  ['1950a258-227b-4e31-a9cf-717495945fc2', 'Microsoft Azure PowerShell'],
  ['1fec8e78-bce4-4aaf-ab1b-5451cc387264', 'Microsoft Teams'],
  ['243c63a3-247d-41c5-9d83-7788c43f1c43', 'Office Online Core SSO'],
  ['268761a2-03f3-40df-8a8b-c3db24145b6b', 'Universal Store Native Client'],
  ['26a7ee05-5602-4d76-a7ba-eae8b7b67941', 'Windows Search'],
  ['27922004-5251-4030-b22d-91ecd9a37ea4', 'Outlook Mobile'],
  ['29d9ed98-a469-4536-ade2-f981bc1d605e', 'Microsoft Authentication Broker'],
  ['2d4d3d8e-2be3-4bef-9f87-7875a61c29de', 'OneNote'],
  ['3090ab82-f1c1-4cdf-af2c-5d7a6f3e2cc7', 'Microsoft Defender for Cloud Apps'],
  ['4345a7b9-9a63-4910-a426-35363201d503', 'O365 Suite UX'],
  ['47629505-c2b6-4a80-adb1-9b3a3d233b7b', 'Microsoft Exchange Web Services'],
  ['4765445b-32c6-49b0-83e6-1d93765276ca', 'OfficeHome'],
  ['497effe9-df71-4043-a8bb-14cf78c4b63b', 'Exchange Admin Center'],
  ['4b233688-031c-404b-9a80-a4f3f2351f90', 'Office.com'],
  ['5d661950-3475-41cd-a2c3-d671a3162bc1', 'Microsoft Outlook'],
  ['5e3ce6c0-2b1f-4285-8d4b-75ee78787346', 'Microsoft Teams Web Client'],
  ['66a88757-258c-4c72-893c-3e8bed4d6899', 'Office 365 Search Service'],
  ['67e3df25-268a-4324-a550-0de1c7f97287', 'Microsoft Office Web Apps Service'],
  ['797f4846-ba00-4fd7-ba43-dac1f8f63013', 'Windows Azure Service Management API'],
  ['80ccca67-54bd-44ab-8625-4b79c4dc7775', 'Microsoft 365 Security and Compliance Center'],
  ['89bee1f7-5e6e-4d8a-9f3d-ecd601259da7', 'Office365 Shell WCSS-Client'],
  ['9199bf20-a13f-4107-85dc-02114787ef48', 'One Outlook Web'], // As sign-in logs call it.
  ['93625bc8-bfe2-437a-97e0-3d0060024faa', 'Microsoft password reset service'],
  ['98db8bd6-0cc0-4e67-9de5-f187f1cd1b41', 'Microsoft Substrate Management'],
  ['ab9b8c07-8f02-4f72-87fa-80105867a763', 'OneDrive SyncEngine'],
  ['b669c6ea-1adf-453f-b8bc-6d526592b419', 'Focused Inbox'],
  ['c44b4083-3bb0-49c1-b47d-974e53cbdf3c', 'Azure Portal'],
  ['c9a559d2-7aab-4f13-a6ed-e7e9c52aec87', 'Microsoft Forms'],
  ['cc15fd57-2c6c-4117-a88c-83b1d56b4bbe', 'Microsoft Teams Services'],
  ['cf36b471-5b44-428c-9ce7-313bf84528de', 'Microsoft Bing Search'],
  ['d3590ed6-52b3-4102-aeff-aad2292ab01c', 'Microsoft Office'],
  ['d9b8ec3a-1e4e-4e08-b3c2-5baf00c0fcb0', 'HxService'],
  ['de8bc8b5-d9f9-48b1-a8ad-b748da725064', 'Graph Explorer'],
  ['f5eaa862-7f08-448c-9c4e-f4047d4d4521', 'FindTime'],
  ['fb78d390-0c51-40cd-8e17-fdbfab77341b', 'Microsoft Exchange REST API Based Powershell'],
])

/** Mail programs of others that a consent policy of Microsoft's names, by their id in every tenant ("Manage app consent policies", Microsoft Learn). */
const mailPrograms: ReadonlyMap<string, string> = new Map([
  ['2cee05de-2b8f-45a2-8289-2a06ca32c4c8', 'Android Mail'],
  ['8acd33ea-7197-4a96-bc33-d7cc7101262f', 'Samsung Email'],
  ['9e5f94bc-e8a4-4e73-b8be-63364c29d753', 'Thunderbird'],
  ['b50c1dbd-1855-4e54-b07c-d3c3029e93d3', 'Spark Email'],
  ['f8d98a96-0999-43f5-8af3-69971c7bb423', 'Apple Mail'],
])

/**
 * Applications of others that intruders let into mailboxes again and again, though most of them have honest users too (Huntress's list of rogue
 * apps; Datadog's rule for consents in business email compromise).
 */
const notorious: ReadonlyMap<string, string> = new Map([
  ['2ef68ccc-8a4d-42ff-ae88-2d7bb89ad139', 'Mail_Backup'],
  ['a245e8c0-b53c-4b67-9b45-751d1dff8e6b', 'Newsletter Software Supermailer'],
  ['a43e5392-f48b-46a4-a0f1-098b5eeb4757', 'CloudSponge'],
  ['b15665d9-eda6-4092-8539-0eec376afd59', 'rclone'],
  ['caffae8c-0882-4c81-9a27-d1803af53a40', 'SigParser'],
  ['e9a7fea1-1cc0-4cd9-a31b-9137ca5deedd', 'eM Client'],
  ['ff8d92dc-3d82-41d6-bcbd-b9174d163620', 'PERFECTDATA SOFTWARE'],
])

/**
 * Of Microsoft's the tools and clients that a person signs in to and runs, which are what stolen tokens are used with: that an application is
 * Microsoft's does not make its requests a service's.
 */
const personal: ReadonlySet<string> = new Set([
  '04b07795-8ddb-461a-bbee-02f9e1bf7b46', // Azure CLI
  '14d82eec-204b-4c2f-b7e8-296a70dab67e', // Graph Command Line Tools
  '1950a258-227b-4e31-a9cf-717495945fc2', // Azure PowerShell
  '1b730954-1685-4b74-9bfd-dac224a7b894', // Azure Active Directory PowerShell
  '29d9ed98-a469-4536-ade2-f981bc1d605e', // Authentication Broker
  '9199bf20-a13f-4107-85dc-02114787ef48', // Outlook on the web
  'd3590ed6-52b3-4102-aeff-aad2292ab01c', // Office
  'de8bc8b5-d9f9-48b1-a8ad-b748da725064', // Graph Explorer
  'fb78d390-0c51-40cd-8e17-fdbfab77341b', // Exchange's PowerShell
])

/** Whether a service of Microsoft's has this id: neither somebody else's application nor what a person runs. */
export function isServiceApplication(id: string): boolean {
  const lower = id.toLowerCase()
  return names.has(lower) && !personal.has(lower)
}

/** Whether an application is Microsoft's own, as far as it is known: then it is everybody's. */
export function isMicrosofts(id: string): boolean {
  return names.has(id.toLowerCase())
}

/** The ids of all that are known to be. */
export const microsoftsApplications: readonly string[] = [...names.keys()]

/** Whether intruders let it in again and again: worth a look, and no proof. */
export function isNotorious(id: string): boolean {
  return notorious.has(id.toLowerCase())
}

/** The name of an application by its id, of those that are known by it. */
export function applicationName(id: string): string | undefined {
  const lower = id.toLowerCase()
  return names.get(lower) ?? mailPrograms.get(lower) ?? notorious.get(lower)
}

/** An application's id as it is compared; nothing for what is none, such as the id of zeros that stands for no application. */
export function applicationId(text: string): string | undefined {
  return isGuid(text) && !isNobodys(text) ? guid(text) : undefined
}
