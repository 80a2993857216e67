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
  trace: { operations: traceOperations },
}
