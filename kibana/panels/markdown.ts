import type { Panel } from './panel.ts'

/** Words, with links. Without a title of their own they stand alone. */
export function markdown(text: string, title = ''): Panel {
  const savedVis = {
    id: '',
    title: '',
    description: '',
    type: 'markdown',
    params: { markdown: text, fontSize: 12, openLinksInNewTab: false },
    uiState: {},
    data: { aggs: [], searchSource: { query: { query: '', language: 'kuery' }, filter: [] } },
  }
  return { title, type: 'visualization', embeddable: { savedVis }, references: [], hidesTitle: title === '' }
}
