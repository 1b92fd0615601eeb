import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Digest } from '@/api/keep'
import { addDigest, editDigest } from '@/api/keep'
import { useFormat } from '@/lib/useFormat'
import css from './Keep.module.css'
import { SentDialog } from './SentDialog'

const EVERY = ['day', 'week', 'month'] as const
const WEEKLY = { every: 'week', weekday: 1, day: 1, hour: 8 } as const
const MONDAY = '2026-11-23'

interface Props {
  query: string
  kept?: Digest
  onClose: () => void
}

export function DigestDialog({ query, kept, onClose }: Props) {
  const [schedule, setSchedule] = useState<Digest['schedule']>(kept?.schedule ?? WEEKLY)
  return (
    <SentDialog
      kind="digest"
      kept={kept}
      save={(common) =>
        kept
          ? editDigest({ id: kept.id, body: { ...common, schedule } })
          : addDigest({ ...common, query, schedule })
      }
      onClose={onClose}
    >
      {() => <ScheduleFields schedule={schedule} onChange={setSchedule} />}
    </SentDialog>
  )
}

interface FieldsProps {
  schedule: Digest['schedule']
  onChange: (schedule: Digest['schedule']) => void
}

function ScheduleFields({ schedule, onChange }: FieldsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { every } = schedule
  const dayAt = (index: number) =>
    format.day(`2026-11-${Number(MONDAY.slice(-2)) + index}`, { weekday: 'long' })
  return (
    <div className={css.pair}>
      <NativeSelect
        label={t('keep.every')}
        value={every}
        data={EVERY.map((value) => ({ value, label: t(`keep.rhythm.${value}`) }))}
        onChange={(event) => {
          const rhythm = EVERY.find((one) => one === event.currentTarget.value) ?? 'week'
          // A schedule of another rhythm has no day of this one yet.
          onChange({ ...schedule, every: rhythm, weekday: schedule.weekday || 1, day: schedule.day || 1 })
        }}
      />
      {every === 'week' && (
        <NativeSelect
          label={t('keep.weekday')}
          value={schedule.weekday}
          data={[1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), label: dayAt(day - 1) }))}
          onChange={(event) => onChange({ ...schedule, weekday: Number(event.currentTarget.value) })}
        />
      )}
      {every === 'month' && (
        <NativeSelect
          label={t('keep.dayOfMonth')}
          value={schedule.day}
          data={Array.from({ length: 28 }, (_, i) => String(i + 1))}
          onChange={(event) => onChange({ ...schedule, day: Number(event.currentTarget.value) })}
        />
      )}
      <NativeSelect
        label={t('keep.hour')}
        value={schedule.hour}
        data={Array.from({ length: 24 }, (_, hour) => ({
          value: String(hour),
          label: format.clock(`2026-01-01T${String(hour).padStart(2, '0')}:00:00Z`, 'UTC'),
        }))}
        onChange={(event) => onChange({ ...schedule, hour: Number(event.currentTarget.value) })}
      />
    </div>
  )
}
