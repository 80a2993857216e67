import type { Lot } from './ask.ts'
import * as docs from './documents.ts'
import {
  all,
  count,
  different,
  either,
  extreme,
  type Figure,
  is,
  not,
  type Query,
  tally,
  valueCount,
} from './figure.ts'
import type { Facts } from './section.ts'

/** The figures of one session, of all who used it. */
export function sessionFigures({ session }: Facts): Lot {
  return {
    of: is('hoofprint.session.id', String(session)),
    figures: {
      first: extreme('min', '@timestamp'),
      last: extreme('max', '@timestamp'),
      records: count(docs.once),
      categories: tally('hoofprint.category', docs.once),
      failedLogons: count(docs.once, docs.category('logon'), is('event.outcome', 'failure')),
      unknownLogons: count(docs.once, docs.category('logon'), is('event.outcome', 'unknown')),
      actors: tally('hoofprint.actor', docs.once),
      inferred: count(is('hoofprint.actor', 'intruder'), is('hoofprint.actor_certainty', 'inferred'), docs.once),
      users: different(...docs.users),
      mailboxes: different(['hoofprint.mailbox']),
      addresses: different(['source.ip', not(docs.service)]),
      countries: different(['source.geo.country_iso_code']),
      agents: different(['user_agent.original', not(docs.service)]),
      datasets: different(['event.dataset']),
      knownBy: different(['hoofprint.session.known_by']),
    },
  }
}

/** What of a session no search gives, and why. */
export const sessionExempt = {
  applications: 'each dataset names the program in fields of its own, some of them several in one text',
}

/** The figures of mails and folders that were read, by what meets all of these. */
export function readFigures(...where: readonly Query[]): Lot {
  return {
    of: all(...where),
    figures: {
      at: extreme('min', '@timestamp'),
      last: extreme('max', '@timestamp'),
      times: count(),
      references: different(['event.id']),
    },
  }
}

/** The figures of a finding that is one document. */
export function factFigures(...where: readonly Query[]): Record<string, Figure> {
  return {
    at: extreme('min', '@timestamp', ...where),
    row: extreme('max', 'hoofprint.evidence.row', ...where),
    mails: either(extreme('max', 'hoofprint.messages', ...where), valueCount('email.message_id', ...where)),
  }
}
