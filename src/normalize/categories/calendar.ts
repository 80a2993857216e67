import type { Category } from '../table.ts'
import { plain, rows } from './rows.ts'

export const calendar: Category = {
  name: 'calendar',
  ecs: { category: ['email'], type: ['change'] },
  activity: {
    operations: {
      ...plain(`AcceptCalendarEvent, AcceptedMeetingRequest, DeclineCalendarEvent, DeclinedMeetingRequest,
        TentativeMeetingRequest, TentativelyAcceptCalendarEvent, UpdateCalendarEvent`),
      ...rows({ 'event.type': ['creation'] }, 'CreateAppointment, CreateCalendarEvent, CreateTask'),
      ...rows({ 'event.type': ['creation'] }, 'SendMeetingRequest'),
      ...rows({ 'event.type': ['deletion'] }, 'CancelMeeting, DeleteCalendarEvent'),
    },
  },
  audit: [{ operations: { 'Create in Calendar': { 'event.type': ['creation'] } } }],
}
