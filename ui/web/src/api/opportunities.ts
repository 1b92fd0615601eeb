import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { OpportunitySearch } from '@/features/opportunities/search'
import { api, unwrap } from './client'
import type { FileFormat } from './query'
import { queryString } from './query'
import type { components } from './schema'

type Schemas = components['schemas']
export type Opportunities = Schemas['ReportOpportunities']
export type OpportunityStage = Schemas['ReportOpenStage']
export type OpportunityGroup = Schemas['ReportOpenGroup']
export type OpportunityFigures = Schemas['ReportOpenFigures']

export const opportunitiesKey = ['opportunities'] as const

function queryOf({ measure, ...query }: OpportunitySearch) {
  return query
}

export function opportunitiesOptions(search: OpportunitySearch) {
  const query = queryOf(search)
  return queryOptions({
    queryKey: [...opportunitiesKey, query],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/reports/opportunities', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  })
}

export function opportunitiesHref(search: OpportunitySearch, format: FileFormat): string {
  return `/v1/reports/opportunities?${queryString({ ...queryOf(search), format })}`
}
