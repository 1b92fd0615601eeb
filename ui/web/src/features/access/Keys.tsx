import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keysOptions } from '@/api/access'
import { toolClass } from '@/components/states'
import { Part } from '@/features/keep/Part'
import { KeyDialog } from './KeyDialog'
import { useKeyColumns } from './useKeyColumns'

/** The keys of programs, and what each may do. */
export function Keys() {
  const { t } = useTranslation()
  return (
    <Part
      id="keys"
      title={t('keys.title')}
      text={t('keys.text')}
      none={t('keys.none')}
      tools={<AddKey />}
      query={useQuery({ ...keysOptions, select: ({ items }) => ({ items: items ?? [] }) })}
      columns={useKeyColumns()}
      rowKey={(key) => key.id}
    />
  )
}

function AddKey() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={toolClass} onClick={() => setOpen(true)}>
        {t('keys.add')}
      </button>
      {open && <KeyDialog onClose={() => setOpen(false)} />}
    </>
  )
}
