/** The answers of the HTTP interface, as its documentation fixes them. Rates are fractions, durations seconds. */

export interface FieldError {
  location: string
  message: string
}

/** RFC 9457 problem document. */
export interface Problem {
  type?: string
  title?: string
  status?: number
  detail?: string
  code?: string
  errors?: FieldError[] | null
}

export interface List<T> {
  items: T[]
  next: string | null
}

export interface User {
  id: string
  name: string
  email: string
  role: string
}

export interface Workspace {
  id: string
  name: string
  time_zone: string
  currency: string
  lifecycle_enabled: boolean
}

export interface Session {
  user: User
  workspace: Workspace
  workspaces: { id: string; name: string }[]
  demo: boolean
  version: string
}

export type StageKind = 'progress' | 'won' | 'beyond' | 'lost' | 'aside'

export interface StageRef {
  id: string
  key: string
  name: string
  kind: StageKind
  position: number | null
  archived?: boolean
  emoji?: string | null
}

export interface Stage extends StageRef {
  description: string | null
  contacts: number
}

export type * from './reportTypes'

export interface Source {
  source?: string | null
  sub_source?: string | null
  medium?: string | null
  campaign?: string | null
  ad_group?: string | null
  ad?: string | null
  keyword?: string | null
  landing_page?: string | null
}

export interface Contact {
  id: string
  external_id?: string | null
  email?: string | null
  phone?: string | null
  name?: string | null
  owner?: string | null
  created_by?: string | null
  created_at?: string | null
  source?: Source | null
  properties?: Record<string, unknown> | null
  stage?: StageRef | null
  stage_since?: string | null
}

export type Outcome = 'open' | 'won' | 'lost' | 'left'

export interface Visit {
  stage: string
  entered_at: string
  left_at: string | null
  seconds: number | null
}

export interface Journey {
  n: number
  entered_at: string
  ended_at: string | null
  outcome: Outcome
  furthest: number
  origin: string | null
  lost_stage: string | null
  duration_seconds: number | null
  visits: Visit[] | null
  times?: Record<string, number> | null
}

export interface Actor {
  kind: string
  id?: string | null
  name?: string | null
}

/** One thing that happened to a contact. */
export interface TimelineItem {
  seq: number
  kind: string
  at: string
  actor?: Actor | null
  from?: StageRef | null
  to?: StageRef | null
  recorded?: boolean | null
  note?: string | null
  fields?: string[] | null
}

export type ImportMode = 'correction' | 'move' | 'history'

export interface ImportJob {
  id: string
  status: string
  mode: ImportMode
  dry_run: boolean
  rows?: number | null
  done?: number | null
  created: number
  updated: number
  moved: number
  kept_forward_only: number
  skipped?: number | null
  rejected: number
}
