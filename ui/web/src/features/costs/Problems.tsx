import { useTranslation } from 'react-i18next'
import css from './Costs.module.css'
import type { Problem } from './model'

const SHOWN = 20

/** Rows that cannot be read: where, and what they say. They are left out. */
export function Problems({ problems }: { problems: Problem[] }) {
  const { t } = useTranslation()
  if (problems.length === 0) return null
  const more = problems.length - SHOWN
  return (
    <div>
      <p className={css.problem}>{t('costs.problems', { count: problems.length })}</p>
      <ul className={css.problems}>
        {problems.slice(0, SHOWN).map(({ row, field, cell }) => (
          <li key={row}>
            {t('costs.row', { row })}: {t(`costs.wrong.${field}`, { cell })}
          </li>
        ))}
        {more > 0 && <li>{t('costs.more', { count: more })}</li>}
      </ul>
    </div>
  )
}
