import { queryOptions } from '@tanstack/react-query'
import { api, idempotent, unwrap } from './client'
import type { NewStage, StageKind, StagePatch, StageTemplate } from './types'

export const stagesOptions = queryOptions({
  queryKey: ['stages'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/stages', { signal })),
  staleTime: 30_000,
})

export function addStage(body: NewStage) {
  return unwrap(api.POST('/v1/stages', { body, headers: idempotent() }))
}

export function editStage({ id, ...body }: StagePatch & { id: string }) {
  return unwrap(api.PATCH('/v1/stages/{id}', { params: { path: { id } }, body }))
}

export function orderStages(body: { kind: StageKind; ids: string[] }) {
  return unwrap(api.PUT('/v1/stages/order', { body }))
}

export function applyTemplate(name: StageTemplate) {
  return unwrap(api.POST('/v1/stages/template', { body: { name }, headers: idempotent() }))
}
