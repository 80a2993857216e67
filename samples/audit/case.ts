import { tellAdministrator } from './administrator.ts'
import { tellForwarded, tellIntruder } from './intruder.ts'
import { tellMailFlow } from './mail-flow.ts'
import { tellOwnChanges } from './own-changes.ts'
import { tellOwners } from './owners.ts'
import { tellService } from './service.ts'
import { createStory, type Story } from './story.ts'

/** Tells the whole case: everything that happened in the tenant, whether or not it was exported. */
export function tellCase(seed: number): Story {
  const story = createStory(seed)
  tellMailFlow(story)
  tellIntruder(story)
  tellOwners(story)
  tellOwnChanges(story)
  tellAdministrator(story)
  tellService(story)
  tellForwarded(story)
  story.told.sort((a, b) => a.time - b.time)
  story.signIns.sort((a, b) => a.time - b.time)
  story.traces.sort((a, b) => a.time - b.time)
  return story
}
