import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Saved } from '@/api/costs'
import { saveCosts, shownByCosts } from '@/api/costs'
import { sessionOptions } from '@/api/session'
import { useChange } from '@/components/useChange'
import { money } from '@/lib/money'
import { useFormat } from '@/lib/useFormat'
import { ChoiceForm } from './ChoiceForm'
import { CostTable } from './CostTable'
import css from './Costs.module.css'
import type { Choice, Read } from './model'
import { columnsOf, readCosts, tellsDayFirst, totals } from './model'
import { Problems } from './Problems'

const SHOWN = 10

/** What is read of a file, before anything of it counts. */
export function Preview({ name, table, onClose }: { name: string; table: string[][]; onClose: () => void }) {
  const { t } = useTranslation()
  const { data: session } = useQuery(sessionOptions)
  const [choice, setChoice] = useState<Choice>(() => {
    const columns = columnsOf(table)
    const dayFirst = tellsDayFirst(table, columns.at.day) ?? true
    return { columns, dayFirst, minor: false, fixed: {}, currency: session?.workspace.currency ?? 'EUR' }
  })
  const read = useMemo(() => readCosts(table, choice), [table, choice])
  const save = useChange(saveCosts, t('costs.uploaded'), shownByCosts)
  if (save.data) return <Result saved={save.data} read={read} onClose={onClose} />
  const ready = choice.columns.at.day !== undefined && choice.columns.at.amount !== undefined
  return (
    <div className="stack">
      <p>
        <b>{name}</b>
      </p>
      <ChoiceForm table={table} choice={choice} onChange={setChoice} />
      {ready ? <Summary read={read} /> : <p role="alert">{t('costs.needs')}</p>}
      {ready && <Problems problems={read.problems} />}
      {ready && read.costs.length > 0 && (
        <CostTable label={t('costs.preview')} costs={read.costs.slice(0, SHOWN).map(({ cost }) => cost)} />
      )}
      {save.problem && (
        <p role="alert" className={css.problem}>
          {save.problem}
        </p>
      )}
      <div className="row">
        <Button
          loading={save.isPending}
          disabled={!ready || read.costs.length === 0}
          onClick={() => save.mutate(read.costs.map(({ cost }) => cost))}
        >
          {t('costs.uploadDo', { count: read.costs.length })}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('costs.other')}
        </Button>
      </div>
    </div>
  )
}

function Summary({ read }: { read: Read }) {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  const sums = totals(read).map((sum) => money(sum, i18n.language))
  const count = (n: number) => ({ count: n, shown: format.number(n) })
  return (
    <div role="status">
      <p className={css.sum}>
        {t('costs.sum', { ...count(read.costs.length), sums: sums.join(' + ') || '0' })}
      </p>
      {read.added > 0 && <p className="caption">{t('costs.addedUp', count(read.added))}</p>}
      {read.skipped > 0 && <p className="caption">{t('costs.skipped', count(read.skipped))}</p>}
    </div>
  )
}

/** What the server made of it: the same again is nothing new, and what it refused is named by its row. */
function Result({ saved, read, onClose }: { saved: Saved; read: Read; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const count = (n: number) => ({ count: n, shown: format.number(n) })
  const rejected = saved.rejected ?? []
  return (
    <div className="stack" role="status">
      <p>{t('costs.accepted', count(saved.accepted))}</p>
      {saved.duplicate > 0 && <p>{t('costs.same', count(saved.duplicate))}</p>}
      {rejected.length > 0 && (
        <ul className={css.problems}>
          {rejected.map(({ index, error }) => (
            <li key={index}>
              {t('costs.row', { row: read.costs[index]?.row ?? index + 2 })}: {error}
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button variant="default" onClick={onClose}>
          {t('costs.other')}
        </Button>
      </div>
    </div>
  )
}
