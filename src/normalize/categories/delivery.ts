import { afterDelivery } from '../audit/after-delivery.ts'
import type { Category } from '../table.ts'
import { traceOperations } from './trace-operations.ts'

const nobody = () => undefined

/** What the server did on its own: no user acted, so none is named. */
export const delivery: Category = {
  name: 'delivery',
  ecs: { category: ['email'], type: ['info'] },
  activity: {
    fields: { 'user.id': nobody, 'user.email': nobody, 'user.name': nobody, 'user.domain': nobody },
    operations: { MessageDelivered: {}, ClutterNotificationSent: {} },
  },
  // What Defender takes away or gives back, by itself or as some administrator told it: nobody is named.
  audit: [
    {
      ecs: { category: ['email'], type: ['change'] },
      fields: afterDelivery,
      operations: { 'Action after delivery': {} },
    },
  ],
  trace: { operations: traceOperations },
}
