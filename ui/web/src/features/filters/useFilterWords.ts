import { useCallback, useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { fieldsOptions } from '@/api/segments'
import type { SegmentChoice, SegmentField } from '@/api/types'
import type { FieldType } from './model'

/** The fields that have a name of their own, by the heading they stand under. */
export const GROUPS = {
  contact: ['name', 'email', 'phone', 'external_id', 'owner', 'value', 'created_at', 'created_by', 'list'],
  stage: ['stage', 'stage.kind', 'days_in_stage'],
  journey: [
    'journey.outcome',
    'journey.entered_at',
    'journey.ended_at',
    'journey.furthest',
    'journey.origin',
    'journey.lost_stage',
    'journey.number',
  ],
  source: [
    'source.source',
    'source.sub_source',
    'source.medium',
    'source.campaign',
    'source.ad_group',
    'source.ad',
    'source.keyword',
    'source.landing_page',
  ],
} as const
export type GroupName = keyof typeof GROUPS

const NAMED = Object.values(GROUPS).flat()
const key = (field: (typeof NAMED)[number]) => field.replace('.', '_') as Dotless<(typeof NAMED)[number]>
type Dotless<T extends string> = T extends `${infer A}.${infer B}` ? `${A}_${B}` : T

const CREATED_BY = ['import', 'api', 'manual', 'form', 'call', 'chat', 'ad'] as const
const KINDS = ['progress', 'won', 'beyond', 'lost', 'aside'] as const
const OUTCOMES = ['won', 'lost', 'left', 'open'] as const

/** `property."Company size"` -> `Company size`. */
export function propertyName(field: string): string | undefined {
  if (!field.startsWith('property.')) return undefined
  const rest = field.slice('property.'.length)
  if (!rest.startsWith('"')) return rest
  try {
    return String(JSON.parse(rest))
  } catch {
    return rest
  }
}

/** `Company size` -> `property."Company size"`, as the language spells it. */
export function propertyField(name: string): string {
  return `property.${/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)}`
}

export function useFieldLabel(): (field: string) => string {
  const { t } = useTranslation()
  return useCallback(
    (field) => {
      const named = NAMED.find((one) => one === field)
      return named ? t(`filterField.${key(named)}`) : (propertyName(field) ?? field)
    },
    [t],
  )
}

/** A value that a field can have, in words. */
export function useChoiceLabel(): (field: string, choice: SegmentChoice) => string {
  const { t } = useTranslation()
  return useCallback(
    (field, choice) => {
      const created = CREATED_BY.find((one) => field === 'created_by' && one === choice.key)
      if (created) return t(`filter.createdBy.${created}`)
      const kind = KINDS.find((one) => field === 'stage.kind' && one === choice.key)
      if (kind) return t(`stages.kind.${kind}`)
      const outcome = OUTCOMES.find((one) => field === 'journey.outcome' && one === choice.key)
      return outcome ? t(`outcome.${outcome}`) : (choice.label ?? choice.key)
    },
    [t],
  )
}

export interface Fields {
  all: SegmentField[]
  find: (field: string) => SegmentField | undefined
  typeOf: (field: string) => FieldType
  opsOf: (field: string) => string[]
}

const ANY_OPS = ['=', '!=', 'contains', 'starts', 'in', '<', '<=', '>', '>=', 'before', 'after', 'exists']

export function useFields(): Fields {
  const { data } = useQuery(fieldsOptions)
  return useMemo(() => {
    const all = data?.items ?? []
    const byName = new Map(all.map((field) => [field.field, field]))
    return {
      all,
      find: (field) => byName.get(field),
      typeOf: (field) => byName.get(field)?.type ?? 'any value',
      opsOf: (field) => byName.get(field)?.ops ?? ANY_OPS,
    }
  }, [data])
}
