import { useTranslation } from 'react-i18next'
import type { ImportJob } from '@/api/types'
import { Icon } from '@/components/Icon'
import { toolClass } from '@/components/states'
import { useFormat } from '@/lib/useFormat'
import css from './Import.module.css'

const ALWAYS = ['created', 'updated', 'moved', 'rejected'] as const
const WHERE_ANY = ['kept_forward_only', 'duplicate', 'skipped'] as const

/** What an import did, or would do. */
export function Counts({ job }: { job: ImportJob }) {
  const { t } = useTranslation()
  const format = useFormat()
  const names = [...ALWAYS, ...WHERE_ANY.filter((name) => job[name] > 0)]
  return (
    <section className="stack" aria-label={t('import.counts')} role="status">
      <h2>{job.dry_run ? t('import.tried') : t('import.counts')}</h2>
      <dl className={css.counts}>
        {names.map((name) => (
          <div key={name}>
            <dt>{t(`import.count.${name}`)}</dt>
            <dd>{format.number(job[name])}</dd>
          </div>
        ))}
      </dl>
      {job.not_in_reports.length > 0 && (
        <ul aria-label={t('import.notInReports')} className={css.notices}>
          {job.not_in_reports.map((notice) => (
            <li key={notice.reason}>
              {t(
                `import.notIn.${notice.reason === 'unrecorded' && job.mode === 'history' ? 'undated' : notice.reason}`,
                {
                  count: notice.count,
                  number: format.number(notice.count),
                },
              )}
            </li>
          ))}
        </ul>
      )}
      {job.rejected > 0 && (
        <p className="row">
          {t('import.rejectedText')}
          <a className={toolClass} href={`/v1/imports/${encodeURIComponent(job.id)}/rejected.csv`} download>
            <Icon name="download" size={16} />
            {t('import.rejectedFile')}
          </a>
        </p>
      )}
    </section>
  )
}
