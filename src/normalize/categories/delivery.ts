import { afterDelivery, openedInPortal } from '../audit/after-delivery.ts'
import type { Category, FieldTable } from '../table.ts'
import { traceOperations } from './trace-operations.ts'

const nobody = () => undefined
const unnamed: FieldTable = { 'user.id': nobody, 'user.email': nobody, 'user.name': nobody, 'user.domain': nobody }

/** What the server did on its own: no user acted, so none is named. */
export const delivery: Category = {
  name: 'delivery',
  ecs: { category: ['email'], type: ['info'] },
  activity: { fields: unnamed, operations: { MessageDelivered: {}, ClutterNotificationSent: {} } },
  // What Defender takes away or gives back, by itself or as some administrator told it: nobody is named.
  audit: [
    {
      ecs: { category: ['email'], type: ['change'] },
      fields: afterDelivery,
      operations: { 'Action after delivery': {} },
    },
    // Encrypted mail that its recipient opened in Microsoft's portal (Microsoft, "OMEPortal"): the record's user is who sent it.
    {
      ecs: { category: ['email'], type: ['access'] },
      fields: { ...unnamed, ...openedInPortal },
      operations: { MessageAccess: {}, AttachmentReview: {} },
    },
  ],
  trace: { operations: traceOperations },
}
