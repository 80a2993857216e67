import type { Mail } from './mail.ts'
import type { Session } from './session.ts'
import type { Story } from './story.ts'

const queries = [
  'crane',
  'lunch',
  'MV Alma',
  "Fisher's Pride",
  'rope order',
  'survey',
  'holiday list',
  '"cold store" gate',
  'försenad',
  '山田',
  'tide table',
  'berth; pier 4',
  '🚢',
  '@SUM(1+1)',
  'Paddy',
]

// Each happens in turn, so that all of them happen; the properties are those that OLAF's list gives for the type.
const errands: [type: string, properties?: Record<string, string>][] = [
  ['GetUserUnifiedGroups'],
  ['CreateAppointment'],
  ['AcceptCalendarEvent', { EventType: 'SingleInstance', SendMeetingResponse: 'True', GlobalObjectId: '' }],
  ['AcceptedMeetingRequest', { SeriesId: '', ProposeNewTime: 'False', ItemClass: 'IPM.Schedule.Meeting.Resp.Pos' }],
  ['ContactCreated'],
  ['CopyItem'],
  ['DraftCreated'],
  ['NewMessage'],
  ['UpdateCalendarEvent'],
  ['PeopleHubOpened'],
  ['SearchSessionStart', { SearchSessionId: '0', ConversionErrors: '', MissingProperties: '' }],
  ['SearchQueryExecute', { SearchSessionId: '0', IsSuggestion: 'False', RetrieveRefiners: 'True' }],
  ['SearchRefinersDisplay'],
  ['SearchRequestEnd'],
  ['CreateTask'],
  ['CreateFolder'],
  ['FavoriteFolder'],
  ['DeclineCalendarEvent', { EventType: 'SingleInstance', SendMeetingResponse: 'False' }],
  ['DeclinedMeetingRequest'],
  ['SendMeetingRequest'],
  ['TentativeMeetingRequest'],
  ['TentativelyAcceptCalendarEvent'],
  ['CancelMeeting', { SeriesId: '', ProposeNewTime: 'False', ItemClass: 'IPM.Schedule.Meeting.Canceled' }],
  ['DeleteCalendarEvent'],
  ['MarkMessageAsClutter'],
  ['MarkMessageAsNotClutter'],
  ['SetConversationAlwaysClutterState'],
  ['DeleteFolder'],
  ['SidePanelPinned', { Panel: 'To do', "Owner's choice": 'None' }],
]

/** Does what the owner does first in the web client: a few errands and, as a rule, a search. */
export function ownerErrands(story: Story, session: Session, desk: { errand: number }) {
  const { random } = story
  for (let left = random.whole(1, 3); left > 0; left--) {
    const [type, properties = {}] = inTurn(errands, desk.errand++)
    session.act(type, `AAMkAGI2${random.hex(18)}AAA=`, properties)
  }
  if (random.chance(0.8)) ownerSearch(story, session, desk)
}

/** Looks for the next of the things that the owner looks for. */
export function ownerSearch(story: Story, session: Session, desk: { errand: number }) {
  const query = inTurn(queries, desk.errand++)
  session.search(query, story.random.chance(0.85) ? 'typed' : 'pasted')
}

function inTurn<T>(list: readonly T[], turn: number): T {
  // The index is inside the list, which is not empty.
  return list[turn % list.length] as T
}

type Habit = { weight: number; suits?(mail: Mail): boolean; act(session: Session, mail: Mail): void }

const habits: Habit[] = [
  { weight: 50, act: () => {} },
  {
    weight: 40,
    suits: (mail) => mail.attachment,
    act: (session, mail) => session.act('OpenedAnAttachment', mail.item, { AttachmentAction: 'Preview' }),
  },
  { weight: 13, act: (session, mail) => session.answer(mail, `Re: ${mail.subject}`) },
  { weight: 3, act: (session, mail) => session.answer(mail, `Re: ${mail.subject}`, 'ReplyAll') },
  { weight: 4, act: (session, mail) => session.answer(mail, `Fw: ${mail.subject}`, 'Forward') },
  { weight: 5, act: (session, mail) => session.act('LinkClicked', mail.item) },
  { weight: 4, act: (session, mail) => session.act('Flag', mail.item) },
  { weight: 2, act: (session, mail) => session.act('FlagCleared', mail.item) },
  { weight: 2, act: (session, mail) => session.act('MarkAsUnread', mail.item) },
]

/** Reads one mail, does with it what the owner would, and perhaps puts it away. */
export function readOne(story: Story, session: Session, mail: Mail) {
  const { random } = story
  const habit = pickHabit(habits, random.fraction())
  session.read(mail, () => {
    if (habit.suits === undefined || habit.suits(mail)) habit.act(session, mail)
  })
  // Mail about money is kept: the intruder finds it there.
  if (mail.money) return
  if (random.chance(0.12)) session.remove([mail])
  else if (random.chance(0.08)) session.move(mail, 'Archive')
}

function pickHabit(list: Habit[], fraction: number): Habit {
  let rest = fraction * list.reduce((sum, habit) => sum + habit.weight, 0)
  for (const habit of list) {
    rest -= habit.weight
    if (rest < 0) return habit
  }
  throw new Error('no habit for this fraction')
}
