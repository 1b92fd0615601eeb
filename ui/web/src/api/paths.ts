import type { LifecycleQuery } from './query'
import type {
  Contact,
  ImportJob,
  Journey,
  LifecycleReport,
  List,
  Problem,
  Session,
  Stage,
  StageKind,
  TimelineItem,
  Workspace,
} from './types'

/** The calls that the dashboard makes, in the shape that openapi-fetch reads. */
interface Answer<T> {
  responses: {
    200: { headers: Record<string, unknown>; content: { 'application/json': T } }
    default: { headers: Record<string, unknown>; content: { 'application/problem+json': Problem } }
  }
}
type Read<T, Q = never> = Answer<T> & { parameters: { query?: Q } }
type Write<T, B> = Answer<T> & { requestBody: { content: { 'application/json': B } } }
type ById = { parameters: { path: { id: string } } }

export type StageTemplate = 'respond' | 'hubspot' | 'ruler' | 'aarrr'
export type NewStage = { name: string; kind: StageKind; description?: string; emoji?: string }
export type StagePatch = { name?: string; description?: string; emoji?: string }
export type ContactQuery = { q?: string; cursor?: string; limit?: number }

export interface paths {
  '/v1/session': {
    get: Read<Session>
    post: Write<Session, { email: string; password: string }>
    delete: Read<undefined>
  }
  '/v1/setup': { post: Write<Session, { token: string; name: string; email: string; password: string }> }
  '/v1/workspace': { get: Read<Workspace>; patch: Write<Workspace, Partial<Workspace>> }
  '/v1/stages': { get: Read<List<Stage>, { archived?: boolean }>; post: Write<Stage, NewStage> }
  '/v1/stages/{id}': { patch: Write<Stage, StagePatch> & ById }
  '/v1/stages/order': { put: Write<List<Stage>, { kind?: StageKind; ids: string[] }> }
  '/v1/stages/template': { post: Write<List<Stage>, { name: StageTemplate }> }
  '/v1/contacts': { get: Read<List<Contact>, ContactQuery> }
  '/v1/contacts/{id}': { get: Read<Contact> & ById }
  '/v1/contacts/{id}/journeys': { get: Read<List<Journey>> & ById }
  '/v1/contacts/{id}/timeline': { get: Read<List<TimelineItem>, { cursor?: string }> & ById }
  '/v1/imports/{id}': { get: Read<ImportJob> & ById }
  '/v1/imports/{id}/undo': { post: Answer<ImportJob> & ById }
  '/v1/reports/lifecycle': { get: Read<LifecycleReport, LifecycleQuery> }
}
