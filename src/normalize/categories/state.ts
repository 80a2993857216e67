import { entraFields, grantFields, mailboxFields, ruleFields } from '../state.ts'
import type { Category } from '../table.ts'

/** How things stood when somebody looked, as tools list them. */
export const state: Category = {
  name: 'state',
  ecs: { category: ['configuration'], type: ['info'] },
  state: [
    {
      fields: {},
      operations: {
        ...{ MailboxAuditing: {}, AuditLog: {}, MailboxPermission: {}, RecipientPermission: {}, MailboxDelegates: {} },
        MobileDevice: {},
      },
    },
    {
      ecs: { category: ['iam', 'configuration'], type: ['info'] },
      fields: entraFields,
      operations: { RoleMember: {}, SignInMethods: {} },
    },
    {
      ecs: { category: ['iam', 'configuration'], type: ['info'] },
      fields: grantFields,
      operations: { OAuthPermission: {}, OAuthGrant: {}, ApplicationCredential: {} },
    },
    {
      ecs: { category: ['email', 'configuration'], type: ['info'] },
      fields: mailboxFields,
      operations: { Mailbox: {} },
    },
    {
      ecs: { category: ['email', 'configuration'], type: ['info'] },
      fields: ruleFields,
      operations: { InboxRule: {}, TransportRule: {} },
    },
  ],
}
