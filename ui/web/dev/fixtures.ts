import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Plugin } from 'vite'
import { groups, report, summary } from '../src/test/report.ts'
import { contacts, journeys, session, stageList, timeline } from '../src/test/rest.ts'

/** Made-up answers for `npm run dev` without a server. Never part of a build. */

function lifecycle(url: URL) {
  const preset = url.searchParams.get('preset')
  if (preset === 'today' || url.searchParams.get('from')?.startsWith('1999')) return empty()
  if (url.searchParams.has('source'))
    return report({ summary: summary({ entered: 88, won: 38, lost: 25, left: 1, open: 24 }) })
  const grouped = url.searchParams.has('group_by')
  return report({
    groups: grouped ? groups() : [],
    ...(url.searchParams.get('compare') === 'none' ? { compare: null } : {}),
  })
}

function empty() {
  const none = { mean: null, median: null, p90: null, journeys: 0 }
  return report({
    summary: summary({
      entered: 0,
      contacts: 0,
      won: 0,
      lost: 0,
      left: 0,
      open: 0,
      conversion_rate: null,
      conversion_rate_interval: null,
      time_to_conversion_seconds: none,
      drop_off_rate: null,
      drop_off_rate_interval: null,
      time_to_drop_off_seconds: none,
    }),
    lost: [],
    notices: [],
  })
}

function importJob() {
  return {
    id: 'imp_1',
    name: 'leads.csv',
    state: 'done',
    created_at: '2026-11-12T08:00:00.000Z',
    not_in_reports: [],
    duplicate: 0,
    skipped: 4,
    error: null,
    undo: null,
    can_undo: true,
    mode: 'history',
    dry_run: false,
    rows_total: 120,
    rows_done: 120,
    created: 80,
    updated: 30,
    moved: 95,
    kept_forward_only: 2,
    rejected: 3,
  }
}

/** The moves of the one timeline, as the log lists them. */
function changes() {
  return timeline()
    .filter((item) => item.kind === 'change')
    .map((item) => ({ ...item, contact_id: 'con_1', name: contacts()[0]?.name }))
}

function answer(method: string, url: URL): unknown {
  const path = url.pathname
  if (path === '/v1/session') return method === 'DELETE' ? undefined : session()
  if (path === '/v1/setup') return session()
  if (path === '/v1/workspace') return session().workspace
  if (path === '/v1/reports/lifecycle') return lifecycle(url)
  if (path === '/v1/stages' && method === 'GET') return { items: stageList(), next: null }
  if (path === '/v1/stages/history') return { items: [], next: null, recomputing: null }
  if (path === '/v1/changes') return { items: changes(), next: null }
  if (path === '/v1/contacts') return { items: contacts(), next: null }
  if (/^\/v1\/contacts\/[^/]+\/journeys$/.test(path)) return { items: journeys(), next: null }
  if (/^\/v1\/contacts\/[^/]+\/timeline$/.test(path)) return { items: timeline(), next: null }
  if (/^\/v1\/contacts\/[^/]+$/.test(path)) return contacts()[0]
  if (path === '/v1/imports' && method === 'GET') return { items: [importJob()], next: null }
  if (path.startsWith('/v1/imports')) return importJob()
  return undefined
}

function serve(req: IncomingMessage, res: ServerResponse, next: () => void) {
  const url = new URL(req.url ?? '/', 'http://localhost')
  if (!url.pathname.startsWith('/v1/')) return next()
  if (url.pathname === '/v1/events') {
    res.writeHead(200, { 'content-type': 'text/event-stream' })
    res.write('event: change\ndata: {"seq":4711,"generation":1}\n\n')
    return
  }
  const body = answer(req.method ?? 'GET', url)
  res.statusCode = body === undefined ? 204 : 200
  res.setHeader('content-type', 'application/json')
  res.end(body === undefined ? undefined : JSON.stringify(body))
}

export function fixtures(): Plugin {
  return {
    name: 'tidemark-fixtures',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use(serve)
    },
  }
}
