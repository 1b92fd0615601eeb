import type { FieldError } from './types'

/** A problem document as it may come: a proxy in between may have made it. */
interface Problem {
  title?: string
  detail?: string
  code?: string
  params?: Record<string, unknown> | null
  errors?: FieldError[] | null
}

/** What the server refused, or `status: 0` when it could not be reached at all. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  /** What the message names. */
  readonly params: Record<string, unknown>
  readonly fields: FieldError[]

  constructor(status: number, problem: Problem) {
    super(problem.detail ?? problem.title ?? '')
    this.name = 'ApiError'
    this.status = status
    this.code = problem.code ?? ''
    this.params = problem.params ?? {}
    this.fields = problem.errors ?? []
  }

  /** What is wrong with one field of the request body, such as `password`. */
  field(name: string): FieldError | undefined {
    return this.fields.find((error) => error.location === `body.${name}` || error.location === name)
  }
}

export function isApiError(error: unknown, status?: number): error is ApiError {
  return error instanceof ApiError && (status === undefined || error.status === status)
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null
}

/** Reads a problem document, also from an answer that is none (a proxy's page, an empty body). */
export function toApiError(status: number, body: unknown): ApiError {
  if (isProblem(body)) return new ApiError(status, body)
  if (typeof body === 'string' && body.startsWith('{')) {
    try {
      const parsed: unknown = JSON.parse(body)
      if (isProblem(parsed)) return new ApiError(status, parsed)
    } catch {
      return new ApiError(status, {})
    }
  }
  return new ApiError(status, {})
}
