import { useTranslation } from 'react-i18next'
import type { ReportTable } from '@/api/query'
import { csvHref } from '@/api/query'
import type { ReportSearch } from '@/features/lifecycle/search'
import { Icon } from './Icon'
import { toolClass } from './states'

/** The table as a file: a plain link, so no pop-up and no waiting page. */
export function CsvLink({ table, search, name }: { table: ReportTable; search: ReportSearch; name: string }) {
  const { t } = useTranslation()
  return (
    <a
      className={toolClass}
      href={csvHref(table, search)}
      download
      aria-label={t('csv.label', { table: name })}
    >
      <Icon name="download" size={16} />
      {t('csv.link')}
    </a>
  )
}
