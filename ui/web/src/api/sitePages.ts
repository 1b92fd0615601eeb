import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { PageColumn, SitePageSearch } from '@/features/sitepages/search'
import { api, unwrap } from './client'
import type { FileFormat } from './query'
import { queryString } from './query'
import type { components } from './schema'
import { rangeQuery } from './sources'

type Schemas = components['schemas']
export type SitePages = Schemas['ReportSitePages']
export type SitePageRow = Schemas['ReportSitePageRow']
export type SitePageFigures = Schemas['ReportSitePageFigures']
export type SitePageContact = Schemas['ReportSitePageContact']

export const sitePagesKey = ['site-pages'] as const

/** The query of the report: the page's address without what the page shows beside it. */
function sitePageQuery(search: SitePageSearch) {
  const { column, row, ...rest } = search
  return rangeQuery(rest)
}

export function sitePagesOptions(search: SitePageSearch) {
  const query = sitePageQuery(search)
  return queryOptions({
    queryKey: [...sitePagesKey, 'report', query],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/reports/sources/pages', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  })
}

export function sitePageContactsOptions(search: SitePageSearch, column: PageColumn, row: string) {
  const query = { ...sitePageQuery(search), column, row, limit: 25 }
  return infiniteQueryOptions({
    queryKey: [...sitePagesKey, 'contacts', query],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/v1/reports/sources/pages/contacts', {
          params: { query: { ...query, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
}

export function sitePagesHref(search: SitePageSearch, format: FileFormat): string {
  return `/v1/reports/sources/pages?${queryString({ ...sitePageQuery(search), format })}`
}
