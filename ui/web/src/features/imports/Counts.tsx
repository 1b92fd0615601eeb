import { useTranslation } from 'react-i18next'
import type { ImportJob } from '@/api/types'
import { Icon } from '@/components/Icon'
import { toolClass } from '@/components/states'
import { useFormat } from '@/lib/useFormat'
import css from './Import.module.css'

const NUMBERS = ['created', 'updated', 'moved', 'kept_forward_only', 'rejected'] as const

/** What an import did, or would do. */
export function Counts({ job }: { job: ImportJob }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <section className="stack" aria-label={t('import.counts')} role="status">
      <h2>{job.dry_run ? t('import.tried') : t('import.counts')}</h2>
      <dl className={css.counts}>
        {NUMBERS.map((name) => (
          <div key={name}>
            <dt>{t(`import.count.${name}`)}</dt>
            <dd>{format.number(job[name])}</dd>
          </div>
        ))}
      </dl>
      {job.rejected > 0 && (
        <p>
          {t('import.rejectedText')}{' '}
          <a className={toolClass} href={`/v1/imports/${encodeURIComponent(job.id)}/rejected.csv`} download>
            <Icon name="download" size={16} />
            {t('import.rejectedFile')}
          </a>
        </p>
      )}
    </section>
  )
}
