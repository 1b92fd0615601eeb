import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, idempotent, unwrap } from './client'
import { ApiError, toApiError } from './problem'
import type { ImportJob, ImportMode } from './types'

/** What a column means, as the form's `mapping` spells it. */
export interface ColumnMapping {
  field: string
  format?: string
  /** Of `at`: the stage that was entered then. */
  stage?: string
  at_column?: string
  values?: Record<string, string | null>
}

export interface ImportRequest {
  file: File
  mapping: Record<string, ColumnMapping>
  mode: ImportMode
  stage: string
  dryRun: boolean
}

/** Multipart, so not through the typed client; the answer is an import as everywhere. */
export async function startImport(request: ImportRequest): Promise<ImportJob> {
  const form = new FormData()
  form.set('mapping', JSON.stringify(request.mapping))
  form.set('mode', request.mode)
  if (request.stage) form.set('stage', request.stage)
  if (request.dryRun) form.set('dry_run', 'true')
  form.set('file', request.file)
  const response = await fetch('/v1/imports', { method: 'POST', body: form, headers: idempotent() }).catch(
    () => {
      throw new ApiError(0, {})
    },
  )
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw toApiError(response.status, body)
  return body as ImportJob
}

export function isRunning(job: ImportJob): boolean {
  return job.state === 'running'
}

/** Still changing: rows are being read, or taken back. */
export function isMoving(job: ImportJob): boolean {
  return isRunning(job) || job.state === 'undoing'
}

/** All imports, newest first. */
export const importsOptions = infiniteQueryOptions({
  queryKey: ['imports'],
  queryFn: ({ pageParam, signal }) =>
    unwrap(api.GET('/v1/imports', { params: { query: { cursor: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
})

export function importOptions(id: string) {
  return queryOptions({
    queryKey: ['import', id],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/imports/{id}', { params: { path: { id } }, signal })),
    enabled: id !== '',
    refetchInterval: (query) => (query.state.data && isMoving(query.state.data) ? 1_000 : false),
  })
}

/** What happened to the contacts of an import after it, newest first. */
export function laterChangesOptions(id: string) {
  return infiniteQueryOptions({
    queryKey: ['import', id, 'changes'],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/v1/imports/{id}/changes', {
          params: { path: { id }, query: { cursor: pageParam, limit: 50 } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
}

export function cancelImport(id: string) {
  return unwrap(api.POST('/v1/imports/{id}/cancel', { params: { path: { id } }, headers: idempotent() }))
}

export function undoImport(id: string) {
  return unwrap(api.POST('/v1/imports/{id}/undo', { params: { path: { id } }, headers: idempotent() }))
}
