import { changeAccount } from './change-acts.ts'
import { minute } from './clock.ts'
import type { Mail } from './mail.ts'
import { move, read, remove, send } from './mail-acts.ts'
import { moneyMail } from './prey.ts'
import { findThreat } from './service.ts'
import type { Session } from './session.ts'
import { type Account, bob } from './tenant.ts'

/** What the intruder does with what was found. */
export const tricks = {
  /** Sends bob a link from alice's mailbox, and deletes what was sent. */
  lureBob(session: Session) {
    const mail = send(session, { subject: 'Shared with you: Payment run 2026-02', to: [bob.upn] })
    remove(session, [mail], 'HardDelete', '\\Sent Items')
    findThreat(session.story, mail)
  },

  /** Tells customers of a new account, hides the traces, and reads and buries their questions. */
  redirectPayments(session: Session) {
    const asked = new Set<Mail>(moneyMail(session).slice(-3))
    const sent = [...asked].map((mail) => answer(session, mail))
    remove(session, sent, 'SoftDelete', '\\Sent Items')
    const questions = sent.map((mail) => questionTo(session, mail))
    session.wait(2 * minute, 4 * minute)
    read(session, questions)
    move(session, questions.slice(0, 1), '\\RSS Feeds')
    remove(session, questions.slice(1), 'MoveToDeletedItems')
  },

  /** Orders a payment in bob's name. */
  sendAsBob(session: Session) {
    const subject = 'Please pay today - new account attached'
    const mail = send(session, { subject, to: ['ar@contoso.example'], attachment: 'account.pdf', money: true }, bob)
    remove(session, [mail], 'HardDelete', '\\Sent Items')
  },

  /** Deletes for good what could be found. */
  coverTracks(session: Session) {
    const mails = moneyMail(session).slice(-8)
    remove(session, mails.slice(0, 5), 'HardDelete')
    remove(session, mails.slice(5), 'SoftDelete')
  },
}

/** Gives an account another password. */
export function resetPassword(target: Account) {
  return (session: Session) =>
    changeAccount(session, { operation: 'Reset user password.', target, what: 'password', changes: {} })
}

function answer(session: Session, mail: Mail): Mail {
  const subject = `Re: ${mail.subject} - our bank details have changed`
  const sent = send(session, { subject, to: [mail.from], money: true, attachment: 'new-account.pdf' })
  session.wait(minute, 3 * minute)
  return sent
}

function questionTo(session: Session, mail: Mail): Mail {
  const [from] = mail.to
  if (from === undefined) throw new Error(`${mail.messageId} went to nobody`)
  return session.story.deliver(session.now(), { from, to: [mail.from], subject: `Re: ${mail.subject}`, money: true })
}
