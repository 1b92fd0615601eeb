import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import * as z from 'zod/mini'
import { isApiError } from '@/api/problem'
import { sessionOptions } from '@/api/session'
import { askAhead } from '@/features/lifecycle/ahead'
import { reportSearch } from '@/features/lifecycle/search'
import { logSearch } from '@/features/log/search'
import { opportunitySearch } from '@/features/opportunities/search'
import { sitePageSearch } from '@/features/sitepages/search'
import { sourceSearch } from '@/features/sources/search'
import { contactSearch } from '@/features/views/search'
import { NotFound, RouteError } from '@/features/shell/Fallback'
import { parseSearch, stringifySearch } from './query-string'

export interface RouterContext {
  client: QueryClient
}

const text = z.catch(z.optional(z.string()), undefined)

const root = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: RouteError,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({ next: text }),
  component: lazyRouteComponent(() => import('@/features/session/SignInView')),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: z.object({ token: text }),
  component: lazyRouteComponent(() => import('@/features/session/SetupView')),
})

/** A report that somebody shared: no sign-in, no rail. */
const shared = createRoute({
  getParentRoute: () => root,
  path: '/share/$token',
  component: lazyRouteComponent(() => import('@/features/share/SharedView')),
})

/** Every page behind the sign-in. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(sessionOptions)
    } catch (error) {
      if (!isApiError(error, 401)) throw error
      const next = location.href === '/' ? undefined : location.href
      throw redirect({ to: '/sign-in', search: { next } })
    }
  },
  component: lazyRouteComponent(() => import('@/features/shell/Shell')),
})

const lifecycle = createRoute({
  getParentRoute: () => app,
  path: '/',
  validateSearch: reportSearch,
  beforeLoad: askAhead,
  component: lazyRouteComponent(() => import('@/features/lifecycle/LifecycleView')),
})

const sources = createRoute({
  getParentRoute: () => app,
  path: '/sources',
  validateSearch: sourceSearch,
  component: lazyRouteComponent(() => import('@/features/sources/SourcesView')),
})

const sitePages = createRoute({
  getParentRoute: () => app,
  path: '/sources/pages',
  validateSearch: sitePageSearch,
  component: lazyRouteComponent(() => import('@/features/sitepages/SitePagesView')),
})

const opportunities = createRoute({
  getParentRoute: () => app,
  path: '/opportunities',
  validateSearch: opportunitySearch,
  component: lazyRouteComponent(() => import('@/features/opportunities/OpportunitiesView')),
})

const contacts = createRoute({
  getParentRoute: () => app,
  path: '/contacts',
  validateSearch: contactSearch,
  component: lazyRouteComponent(() => import('@/features/contacts/ContactsView')),
})

const board = createRoute({
  getParentRoute: () => app,
  path: '/contacts/board',
  validateSearch: contactSearch,
  component: lazyRouteComponent(() => import('@/features/board/BoardView')),
})

const lists = createRoute({
  getParentRoute: () => app,
  path: '/lists',
  component: lazyRouteComponent(() => import('@/features/lists/ListsView')),
})

const list = createRoute({
  getParentRoute: () => app,
  path: '/lists/$id',
  component: lazyRouteComponent(() => import('@/features/lists/ListView')),
})

const contact = createRoute({
  getParentRoute: () => app,
  path: '/contacts/$id',
  component: lazyRouteComponent(() => import('@/features/contacts/ContactView')),
})

const importing = createRoute({
  getParentRoute: () => app,
  path: '/import',
  validateSearch: z.object({ id: text }),
  component: lazyRouteComponent(() => import('@/features/imports/ImportView')),
})

const log = createRoute({
  getParentRoute: () => app,
  path: '/log',
  validateSearch: logSearch,
  component: lazyRouteComponent(() => import('@/features/log/LogView')),
})

const stages = createRoute({
  getParentRoute: () => app,
  path: '/stages',
  component: lazyRouteComponent(() => import('@/features/stages/StagesView')),
})

const kept = createRoute({
  getParentRoute: () => app,
  path: '/kept',
  component: lazyRouteComponent(() => import('@/features/keep/KeptView')),
})

const settings = createRoute({
  getParentRoute: () => app,
  path: '/settings',
  component: lazyRouteComponent(() => import('@/features/settings/SettingsView')),
})

const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => redirect({ to: '/settings/tracking', throw: true }),
})

const tracking = createRoute({
  getParentRoute: () => settings,
  path: '/tracking',
  component: lazyRouteComponent(() => import('@/features/tracking/TrackingView')),
})

const costs = createRoute({
  getParentRoute: () => settings,
  path: '/costs',
  component: lazyRouteComponent(() => import('@/features/costs/CostsView')),
})

const destinations = createRoute({
  getParentRoute: () => settings,
  path: '/destinations',
  component: lazyRouteComponent(() => import('@/features/destinations/DestinationsView')),
})

const deliveries = createRoute({
  getParentRoute: () => settings,
  path: '/destinations/$id',
  component: lazyRouteComponent(() => import('@/features/destinations/DeliveriesView')),
})

const people = createRoute({
  getParentRoute: () => settings,
  path: '/people',
  component: lazyRouteComponent(() => import('@/features/access/PeopleView')),
})

const tree = root.addChildren([
  signIn,
  setup,
  shared,
  app.addChildren([
    lifecycle,
    sources,
    sitePages,
    opportunities,
    contacts,
    board,
    lists,
    list,
    contact,
    importing,
    log,
    stages,
    kept,
    settings.addChildren([settingsIndex, tracking, costs, destinations, deliveries, people]),
  ]),
])

function build(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    scrollRestoration: true,
  })
}
type AppRouter = ReturnType<typeof build>

/** A session that ended while a page was open leads to the sign-in and, after it, back to that page. */
export function createAppRouter(makeClient: (onUnauthenticated: () => void) => QueryClient): AppRouter {
  const router: AppRouter = build(
    makeClient(() => {
      const { pathname, href } = router.state.location
      if (pathname !== '/sign-in') void router.navigate({ to: '/sign-in', search: { next: href } })
    }),
  )
  return router
}

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter
  }
}
