import type { Category } from '../table.ts'

export const read: Category = {
  name: 'read',
  ecs: { category: ['email'], type: ['access'] },
  activity: {
    operations: {
      ReadingPaneDisplayStart: {},
      ReadingPaneDisplayEnd: {},
      MarkAsRead: {},
      MessageSelected: {},
      LinkClicked: {},
      Print: {},
    },
  },
}
