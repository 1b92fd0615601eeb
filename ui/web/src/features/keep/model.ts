import type { Alert } from '@/api/keep'
import type { ActorKind } from '@/features/log/search'

/** Where to send to, as typed. */
export interface TargetText {
  emails: string
  webhook: string
}

export const NOWHERE: TargetText = { emails: '', webhook: '' }

/** Addresses between commas, semicolons, spaces or line breaks. */
export function target({ emails, webhook }: TargetText): { emails: string[]; webhook: string } {
  return { emails: emails.split(/[\s,;]+/).filter((one) => one !== ''), webhook: webhook.trim() }
}

/** A typed percentage as a fraction; nothing typed is the interval, which the server writes as 0. */
export function fraction(text: string): number {
  const value = Number(text.replace(',', '.'))
  return Number.isFinite(value) && value > 0 ? value / 100 : 0
}

/** A kept target as it is typed. */
export function written({ emails, webhook }: { emails: string[] | null; webhook: string }): TargetText {
  return { emails: (emails ?? []).join(', '), webhook }
}

export const METRICS = ['conversion_rate', 'drop_off_rate', 'entered', 'won', 'lost', 'changes'] as const
export const DIRECTIONS = ['falls', 'rises', 'either'] as const

/** A rule as it is typed. */
export interface RuleText {
  metric: (typeof METRICS)[number]
  actor: ActorKind | ''
  direction: (typeof DIRECTIONS)[number]
  by: string
  days: string
  window: string
}

export const NEW_RULE: RuleText = {
  metric: 'conversion_rate',
  actor: '',
  direction: 'falls',
  by: '',
  days: '7',
  window: '14',
}

type Rule = Pick<Alert, 'metric' | 'direction' | 'by' | 'days' | 'window'> & { actor: ActorKind | '' | null }

export function ruleText({ metric, actor, direction, by, days, window }: Rule): RuleText {
  return {
    metric,
    actor: actor ?? '',
    direction,
    by: by > 0 ? String(Math.round(by * 1e4) / 100) : '',
    days: String(days),
    window: String(window),
  }
}

/** The rule as it is kept; only the log knows actors. */
export function rule({ metric, actor, direction, by, days, window }: RuleText) {
  return {
    metric,
    actor: metric === 'changes' ? actor : ('' as const),
    direction,
    by: fraction(by),
    days: Number(days),
    window: Number(window),
  }
}
