import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { SitePages } from '@/api/sitePages'
import { sitePagesHref } from '@/api/sitePages'
import { ColumnChooser } from '@/components/ColumnChooser'
import { DataTable } from '@/components/DataTable'
import { ExportMenu } from '@/components/ExportMenu'
import { Section } from '@/components/states'
import { rowName } from '@/features/sources/model'
import { useShownColumns } from '@/features/views/useShownColumns'
import { useSitePageColumns } from './columns'
import type { SitePageSearch } from './search'

interface Props {
  report: SitePages
  search: SitePageSearch
  onChange: (next: SitePageSearch) => void
}

const HIDDEN = ['lead_credit', 'sale_contacts', 'sale_customers', 'sale_credit']

/** A row for each page, device or country; a number opens into its contacts. */
export function SitePageTable({ report, search, onChange }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const columns = useSitePageColumns(report, search, onChange)
  const { shown, visible, choose } = useShownColumns('site-pages', columns, HIDDEN)
  const title = t(`sitePages.table.${report.level === 'page' ? report.role : report.level}`)
  return (
    <Section
      id="rows"
      title={title}
      text={t('sitePages.tableText')}
      tools={
        <>
          <ColumnChooser title={title} all={columns} shown={shown} onChange={choose} />
          <ExportMenu
            title={title}
            table={box}
            csv={sitePagesHref(search, 'csv')}
            parquet={sitePagesHref(search, 'parquet')}
          />
        </>
      }
    >
      <div ref={box}>
        <DataTable label={title} columns={visible} rows={report.rows} rowKey={rowName} />
      </div>
    </Section>
  )
}
