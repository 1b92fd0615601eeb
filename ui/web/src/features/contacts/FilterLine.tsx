import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { checkOptions } from '@/api/segments'
import { Icon } from '@/components/Icon'
import { Skeleton, toolClass } from '@/components/states'
import { usePhrases } from '@/features/filters/usePhrases'
import css from './Contacts.module.css'

const FilterEditor = lazy(() =>
  import('@/features/filters/FilterEditor').then((all) => ({ default: all.FilterEditor })),
)

interface Props {
  filter: string
  onChange: (filter: string) => void
  children?: ReactNode
}

/** What is filtered, in plain words, and the way to change it. */
export function FilterLine({ filter, onChange, children }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <div className={css.line}>
      <div className={css.said}>
        <button type="button" className={toolClass} onClick={() => setOpen(true)}>
          <Icon name="filter" size={16} />
          {filter === '' ? t('filters.add') : t('filters.edit')}
        </button>
        {filter !== '' && (
          <>
            <Meaning filter={filter} />
            <button type="button" className={css.remove} onClick={() => onChange('')}>
              {t('filters.remove')}
            </button>
          </>
        )}
      </div>
      <div className={css.tools}>{children}</div>
      {open && (
        <FilterDialog
          filter={filter}
          onClose={() => setOpen(false)}
          onApply={(text) => {
            setOpen(false)
            onChange(text)
          }}
        />
      )}
    </div>
  )
}

export function Meaning({ filter }: { filter: string }) {
  const { t } = useTranslation()
  const phrases = usePhrases()
  const { data } = useQuery(checkOptions({ text: filter }))
  if (!data) return null
  if (!data.valid)
    return <span role="alert">{t('filters.broken', { why: data.errors[0]?.message ?? '' })}</span>
  return <span>{t('filters.means', { words: phrases(data.explanation) })}</span>
}

interface DialogProps {
  filter: string
  onClose: () => void
  onApply: (text: string) => void
}

export function FilterDialog({ filter, onClose, onApply }: DialogProps) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('filters.title')}
      transitionProps={{ duration: 100 }}
      closeButtonProps={{ 'aria-label': t('help.close') }}
    >
      <Suspense fallback={<Skeleton height={160} />}>
        <FilterEditor value={filter} applyLabel={t('filters.apply')} onApply={onApply} />
      </Suspense>
    </Modal>
  )
}
