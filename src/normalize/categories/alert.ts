import {
  clickFields,
  cloudAppsAlertFields,
  investigationFields,
  riskFields,
  securityAlertFields,
} from '../audit/alert.ts'
import type { Category, FieldTable } from '../table.ts'
import { plain } from './rows.ts'

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
    {
      ecs: { category: ['email'], type: ['access'] },
      operations: plain('QuarantinePreviewMessage, QuarantinePreview, QuarantineViewHeader, QuarantineExport'),
    },
    {
      ecs: { category: ['email'], type: ['change'] },
      operations: plain(`QuarantineReleaseMessage, QuarantineReleaseRequestMessage, QuarantineReleaseRequestDeny,
        QuarantineRelease, QuarantineReleaseRequest, QuarantineRequestReleaseMessage`),
    },
    {
      ecs: { category: ['email'], type: ['deletion'] },
      operations: plain('QuarantineDeleteMessage, QuarantineDelete'),
    },
    {
      ecs: { category: ['email'], type: ['info'] },
      operations: plain('UserSubmission, UserSubmissionTriage, AdminSubmission, AdminSubmissionSubmitted'),
    },
  ],
}
