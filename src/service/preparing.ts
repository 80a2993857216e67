import type { Routes } from './http.ts'

/**
 * What is answered while the case is made ready, before anything is collected: that the process is alive, not well, and how far it is. `preparing` tells it
 * from a collector that has failed, which somebody may want to start anew.
 */
export function preparingRoutes(
  step: () => { readonly label: string; readonly total?: number | undefined; readonly done: number } | undefined,
): Routes {
  return {
    '/healthz': () => {
      const { label = 'opening the case', total = 0, done = 0 } = step() ?? {}
      const preparing = total === 0 ? label : `${label}, ${done} of ${total}`
      const reason = `the case is made ready, nothing is collected yet: ${preparing}`
      const body = { healthy: false, preparing, reasons: [{ stream: 'case', reason }], streams: [] }
      return { status: 503, type: 'application/json', body: `${JSON.stringify(body)}\n` }
    },
    '/readyz': () => ({ status: 200, type: 'application/json', body: '{"ready":true}\n' }),
    '/metrics': () => ({ status: 503, type: 'text/plain', body: 'the case is made ready, nothing is collected yet\n' }),
  }
}
