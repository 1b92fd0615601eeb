import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Key } from '@/api/access'
import { keysKey, removeKey } from '@/api/access'
import { ConfirmDialog } from '@/components/ConfirmDialog'
import { Copyable } from '@/components/Copyable'
import type { Column } from '@/components/DataTable'
import { useChange } from '@/components/useChange'
import { Change, Tool } from '@/features/keep/Actions'
import css from '@/features/keep/Keep.module.css'
import { useMoment } from '@/features/keep/Part'
import { KeyDialog } from './KeyDialog'
import { asScope } from './model'

/** The columns of a table of keys, with what can be done to each. */
export function useKeyColumns(): Column<Key>[] {
  const { t } = useTranslation()
  const moment = useMoment()
  return [
    { id: 'name', header: t('keep.name'), sort: (key) => key.name, cell: (key) => key.name },
    { id: 'scope', header: t('keys.may'), cell: (key) => t(`keys.scopes.${asScope(key.scope)}`) },
    {
      id: 'origins',
      header: t('keys.sites'),
      wrap: true,
      cell: (key) => {
        if (key.scope !== 'collect') return <span className="muted">{t('keys.sitesNone')}</span>
        return key.origins?.length ? key.origins.join(', ') : t('keys.sitesAny')
      },
    },
    { id: 'id', header: t('tracking.keyId'), cell: (key) => <Copyable text={key.id} /> },
    { id: 'made', header: t('keep.created'), numeric: true, cell: (key) => moment(key.created_at) },
    {
      id: 'used',
      header: t('keys.used'),
      numeric: true,
      sort: (key) => key.last_used_at ?? '',
      cell: (key) =>
        key.last_used_at ? moment(key.last_used_at) : <span className="muted">{t('keys.usedNever')}</span>,
    },
    { id: 'do', header: t('keep.actions'), cell: (key) => <KeyTools of={key} /> },
  ]
}

function KeyTools({ of: key }: { of: Key }) {
  const { t } = useTranslation()
  const [ending, setEnding] = useState(false)
  return (
    <div className={css.actions}>
      <Change of={key.name}>{(close) => <KeyDialog kept={key} onClose={close} />}</Change>
      <Tool label={t('tracking.endKey')} of={key.name} onClick={() => setEnding(true)} />
      {ending && <EndDialog of={key} onClose={() => setEnding(false)} />}
    </div>
  )
}

function EndDialog({ of: key, onClose }: { of: Key; onClose: () => void }) {
  const { t } = useTranslation()
  const end = useChange(removeKey, t('tracking.keyEnded'), [keysKey], onClose)
  return (
    <ConfirmDialog
      title={t('keys.endTitle', { name: key.name })}
      text={t('keys.endText')}
      submit={t('keys.endDo')}
      pending={end.isPending}
      problem={end.problem}
      onSubmit={() => end.mutate(key.id)}
      onClose={onClose}
    />
  )
}
