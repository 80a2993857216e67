import type { Category } from '../table.ts'
import { collaboration } from './admin/collaboration.ts'
import { compliance } from './admin/compliance.ts'
import { directory } from './admin/directory.ts'
import { exchange } from './admin/exchange.ts'

/** What administrators do, or whoever took their place. */
export const admin: Category = {
  name: 'admin',
  ecs: { category: ['configuration'], type: ['change'] },
  audit: [...directory, ...exchange, ...compliance, ...collaboration],
}
