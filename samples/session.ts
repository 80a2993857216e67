import type { Mail } from './mail.ts'
import { activity, clientLogon, mailReference, searchResult, serverLogon } from './records.ts'
import type { Row } from './retriever-csv.ts'
import { minute, type Story } from './story.ts'
import type { By } from './truth.ts'
import { mailbox } from './words.ts'

/** Somebody's visit to the mailbox: who, from where, with what, from when on. */
export type Visit = By & { app: string; userAgent: string; timezone: string; start: number; session: string }

/** A visit going on: whatever it does happens at its own clock, which each act moves on. */
export type Session = ReturnType<typeof openSession>

const second = 1000

/** Opens a visit; nothing is recorded before its first act. */
export function openSession(story: Story, visit: Visit) {
  const { random } = story
  const { app, session, ip, userAgent } = visit
  const by = { actor: visit.actor, ip }
  let time = visit.start

  function wait(fromMs: number, toMs: number) {
    time += random.whole(fromMs, toMs)
  }

  function act(type: string, item = '', properties: Row['properties'] = {}) {
    story.record(activity({ app, session, time }, type, { item, properties }), by)
    wait(second, 9 * second)
  }

  /** Records one logon as the server sees it; IMAP4 and POP3 are the only clients it names. */
  function serverAttempt(outcome: 'success' | 'failure' | 'unknown') {
    const protocol = app === 'IMAP4' || app === 'POP3' ? app : 'Exchange'
    story.record(serverLogon(time, protocol, { user: mailbox, ip, userAgent, outcome }), by)
    wait(second, 4 * second)
  }

  /** Records a successful logon; only the web client reports its session with it. */
  function logOn() {
    serverAttempt('success')
    if (app !== 'Web') return
    story.record(clientLogon({ app, session, time }, visit), by)
    wait(2 * second, 20 * second)
  }

  /** Reads one mail; what is done with it happens while it is open. */
  function read(mail: Mail, meanwhile: () => void = () => {}) {
    const pane = app === 'Web' ? { SourceFolder: mail.folder } : {}
    act('ReadingPaneDisplayStart', mail.item, pane)
    if (app !== 'Web') act('MarkAsRead', mail.item, mailReference(mail, 'SourceFolder'))
    else if (random.chance(0.3)) act('MarkAsRead', mail.item)
    meanwhile()
    wait(4 * second, minute)
    act('ReadingPaneDisplayEnd', mail.item, pane)
  }

  /** Searches; typed letter by letter, the service suggests at every letter. */
  function search(query: string, typing: 'typed' | 'pasted') {
    const letters = typing === 'typed' ? Array.from(query) : [query]
    for (const [index] of letters.entries()) {
      if (typing === 'pasted') break
      act('SearchSuggestionsDisplay', '', { SuggestionStimulus: letters.slice(0, index + 1).join('') })
    }
    act('SearchResult', '', searchResult(query, random))
  }

  /** Answers a mail: the answer, and the mail that goes out. */
  function answer(mail: Mail, subject: string, type: 'Reply' | 'ReplyAll' | 'Forward' = 'Reply') {
    act(type, mail.item, mailReference(mail, 'SourceDefaultFolderType'))
    wait(minute, 4 * minute)
    act('MessageSent', `AAMkAGI2${random.hex(18)}AAA=`, { Subject: subject })
  }

  /** Deletes mail; several at once bear the same time. */
  function remove(mails: Mail[]) {
    for (const mail of mails) {
      mail.goneAt = time
      story.record(
        activity({ app, session, time }, 'Delete', { item: mail.item, properties: { SourceFolder: mail.folder } }),
        by,
      )
    }
    wait(second, 9 * second)
  }

  /** Moves a mail out of its folder. */
  function move(mail: Mail, folder: string) {
    act('Move', mail.item, { SourceFolder: mail.folder, TargetFolder: folder })
    mail.goneAt = time
  }

  return { now: () => time, wait, act, serverAttempt, logOn, read, search, answer, remove, move }
}
