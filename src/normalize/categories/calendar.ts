import type { Category } from '../table.ts'

export const calendar: Category = {
  name: 'calendar',
  ecs: { category: ['email'], type: ['change'] },
  activity: {
    operations: {
      AcceptCalendarEvent: {},
      AcceptedMeetingRequest: {},
      CancelMeeting: { 'event.type': ['deletion'] },
      CreateAppointment: { 'event.type': ['creation'] },
      CreateCalendarEvent: { 'event.type': ['creation'] },
      CreateTask: { 'event.type': ['creation'] },
      DeclineCalendarEvent: {},
      DeclinedMeetingRequest: {},
      DeleteCalendarEvent: { 'event.type': ['deletion'] },
      SendMeetingRequest: { 'event.type': ['creation'] },
      TentativeMeetingRequest: {},
      TentativelyAcceptCalendarEvent: {},
      UpdateCalendarEvent: {},
    },
  },
  audit: [{ operations: { 'Create in Calendar': { 'event.type': ['creation'] } } }],
}
