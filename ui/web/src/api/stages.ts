import { queryOptions } from '@tanstack/react-query'
import { api, idempotent, unwrap } from './client'
import type {
  DeleteMode,
  NewStage,
  Stage,
  StageKind,
  StageOutput,
  StagePatch,
  StagePreview,
  StageTemplate,
} from './types'

export const stagesOptions = queryOptions({
  queryKey: ['stages'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/stages', { signal })),
  staleTime: 30_000,
})

/** With those that were erased or merged, at the end. */
export const allStagesOptions = queryOptions({
  queryKey: ['stages', 'all'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/stages', { params: { query: { gone: true } }, signal })),
})

export const historyKey = ['stages', 'history'] as const

/** The edits of stages and settings, newest first, and how far reports are with the latest. */
export const historyOptions = queryOptions({
  queryKey: historyKey,
  queryFn: ({ signal }) => unwrap(api.GET('/v1/stages/history', { signal })),
})

/** A stage, the edit that made it so, and the tag that an edit of this version of it carries. */
export interface SeenStage {
  stage: Stage
  seq: number
  tag: string
}

async function seen(
  call: Promise<{ data?: unknown; error?: unknown; response: Response }>,
): Promise<SeenStage> {
  let tag = ''
  const stage = (await unwrap(
    call.then((outcome) => {
      tag = outcome.response.headers.get('ETag') ?? ''
      return outcome
    }),
  )) as StageOutput
  return { stage, seq: stage.seq, tag }
}

export function addStage(body: NewStage) {
  return unwrap(api.POST('/v1/stages', { body, headers: idempotent() }))
}

export function editStage(id: string, body: StagePatch, tag: string) {
  return seen(api.PATCH('/v1/stages/{id}', { params: { path: { id }, header: { 'If-Match': tag } }, body }))
}

/** The stage as it is now, with its tag: what an edit of nothing answers, which is not logged. */
export function lookAtStage(id: string) {
  return seen(api.PATCH('/v1/stages/{id}', { params: { path: { id } }, body: {} }))
}

export function orderStages(body: { kind: StageKind; ids: string[] }) {
  return unwrap(api.PUT('/v1/stages/order', { body }))
}

export function applyTemplate(name: StageTemplate) {
  return unwrap(api.POST('/v1/stages/template', { body: { name }, headers: idempotent() }))
}

export interface Removal {
  id: string
  mode: DeleteMode
  /** The target of a merge, or where an erasure sends who is in the stage; '' is nowhere. */
  into: string
}

export function removeStage({ id, mode, into }: Removal, tag: string) {
  const query = { mode, into: into || undefined }
  return seen(api.DELETE('/v1/stages/{id}', { params: { path: { id }, query, header: { 'If-Match': tag } } }))
}

export function restoreStage(id: string) {
  return unwrap(api.POST('/v1/stages/{id}/restore', { params: { path: { id } }, headers: idempotent() }))
}

export function undoEdit(seq: number) {
  return unwrap(
    api.POST('/v1/stages/history/{seq}/undo', { params: { path: { seq } }, headers: idempotent() }),
  )
}

/** What taking a stage out of use would do to the numbers. Counted afresh each time it is asked for. */
export function removalPreviewOptions(removal: Removal) {
  const query = { mode: removal.mode, into: removal.into || undefined, preview: true }
  return queryOptions({
    queryKey: ['stages', 'preview', removal],
    queryFn: async ({ signal }) =>
      (await unwrap(
        api.DELETE('/v1/stages/{id}', { params: { path: { id: removal.id }, query }, signal }),
      )) as StagePreview,
    gcTime: 0,
    retry: false,
  })
}

/** What another kind would do to the numbers. */
export function kindPreviewOptions(id: string, kind: StageKind) {
  return queryOptions({
    queryKey: ['stages', 'preview', { id, kind }],
    queryFn: async ({ signal }) =>
      (await unwrap(
        api.PATCH('/v1/stages/{id}', {
          params: { path: { id }, query: { preview: true } },
          body: { kind },
          signal,
        }),
      )) as StagePreview,
    gcTime: 0,
    retry: false,
  })
}
