import {
  clickFields,
  cloudAppsAlertFields,
  investigationFields,
  riskFields,
  securityAlertFields,
} from '../audit/alert.ts'
import type { Category, FieldTable } from '../table.ts'
import { emailParts, plain } from './rows.ts'

const alerting: FieldTable = { 'event.kind': 'alert' }

/** What Microsoft's own defences say, and what became of the mail they held back. */
export const alert: Category = {
  name: 'alert',
  ecs: { category: [], type: ['info'] },
  audit: [
    {
      fields: alerting,
      operations: {
        ...plain('AlertTriggered, AlertEntityGenerated, AlertUpdated'),
        AirInvestigationData: investigationFields,
        AadRiskDetection: riskFields,
        MCAS_ALERT: cloudAppsAlertFields,
        SecurityAlert: securityAlertFields,
        SecurityIncident: securityAlertFields,
      },
    },
    {
      ecs: { category: ['email'], type: ['info'] },
      fields: alerting,
      operations: { ...plain('TIMailData'), TIUrlClickData: clickFields },
    },
    {
      ecs: { category: ['file'], type: ['info'] },
      fields: alerting,
      operations: plain('AtpDetection, FileMalwareDetected, DocumentSensitivityMismatchDetected'),
    },
    {
      ecs: { category: ['file'], type: ['access'] },
      fields: alerting,
      operations: plain('DlpRuleMatch, DlpRuleUndo, DlpInfo'),
    },
    ...emailParts({
      access: 'QuarantinePreviewMessage, QuarantinePreview, QuarantineViewHeader, QuarantineExport',
      change: `QuarantineReleaseMessage, QuarantineReleaseRequestMessage, QuarantineReleaseRequestDeny,
        QuarantineRelease, QuarantineReleaseRequest, QuarantineRequestReleaseMessage`,
      deletion: 'QuarantineDeleteMessage, QuarantineDelete',
      info: 'UserSubmission, UserSubmissionTriage, AdminSubmission, AdminSubmissionSubmitted',
    }),
  ],
}
