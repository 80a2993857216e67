import { clickFields, securityAlertFields } from '../audit/alert.ts'
import type { Category } from '../table.ts'
import { plain } from './rows.ts'

/** What is known and answers none of the questions. An operation that no table knows lands here too, and is counted. */
export const other: Category = {
  name: 'other',
  ecs: { category: [], type: ['info'] },
  activity: {
    operations: {
      ContactCreated: { 'event.type': ['creation'] },
      Error: { 'event.outcome': 'failure' },
      GetUserUnifiedGroups: {},
    },
  },
  audit: [
    { ecs: { category: ['authentication'], type: ['end'] }, operations: { UserLoggedOff: {} } },
    {
      // Teams: none of it is mail.
      ecs: { category: [], type: ['creation'] },
      operations: plain('MessageSent, MessageCreatedHasLink, MessageEditedHasLink, ChatCreated'),
    },
    { ecs: { category: ['authentication'], type: ['start'] }, operations: { TeamsSessionStarted: {} } },
    { ecs: { category: [], type: ['access'] }, operations: { 'TIUrlClickData without a threat': clickFields } },
    // What an alert names, a record for each: the alert has one of its own, and is counted there.
    { operations: { AlertEvidence: { ...securityAlertFields, 'event.kind': 'enrichment' } } },
    // What only looks something up, and cmdlets that Exchange's own services run in every tenant: `kin`.
    { ecs: { category: [], type: ['access'] }, operations: plain('Other reading') },
    { operations: plain('Cmdlet of a service') },
    { operations: plain('MessageUpdated, ChatUpdated, MeetingDetail, MeetingParticipantDetail') },
    { operations: plain('PerformedCardAction, ReactedToMessage, AIInteractionCreatedNotification') },
    // Labels of files and mails in Office: what becomes of them in SharePoint is recorded there.
    { operations: plain('SensitivityLabelApplied, SensitivityLabelUpdated, SensitivityLabelRemoved, MipLabel') },
  ],
}
