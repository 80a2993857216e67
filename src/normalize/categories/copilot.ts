import { copilotFields } from '../audit/copilot.ts'
import type { Category } from '../table.ts'
import { plain } from './rows.ts'

/** What somebody had Copilot answer. A category of its own: what it read for that is no mail that was opened, and no file. */
export const copilot: Category = {
  name: 'copilot',
  ecs: { category: [], type: ['access'] },
  audit: [
    {
      fields: copilotFields,
      operations: plain('CopilotInteraction, ConnectedAIAppInteraction, AIAppInteraction, TeamCopilotInteraction'),
    },
  ],
}
