import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { checkOptions } from '@/api/tables'
import type { CheckFinding } from '@/api/types'
import { Section, Skeleton, toolClass } from '@/components/states'
import { writeSelection } from '@/features/explain/selection'
import type { ReportSearch } from '@/features/lifecycle/search'
import { useFormat } from '@/lib/useFormat'
import css from './Check.module.css'
import { CountBulk } from './CountBulk'
import { bulkCounted, leadOf, ordered } from './model'

/** The questions to ask when numbers look wrong, answered with what the system knows for this range. */
export default function CheckSection({ search }: { search: ReportSearch }) {
  const { t } = useTranslation()
  const query = useQuery(checkOptions(search))
  if (!query.data) return <Skeleton height={360} />
  const { findings, range } = query.data
  const counted = bulkCounted(findings)
  return (
    <Section id="check" title={t('check.title')} text={t('check.text')}>
      <ul className={css.findings}>
        {ordered(findings).map((finding) => (
          <li key={finding.kind}>
            <Count finding={finding} />
            <span className={css.words}>
              <Words finding={finding} zone={range.time_zone} />
            </span>
            <LeadLink finding={finding} range={range} search={search} />
          </li>
        ))}
        <li>
          <span />
          <span className={css.words}>{t('check.spikes')}</span>
          <Link to="/log" search={{ from: range.from, to: range.to }} className={toolClass}>
            {t('check.lead.log')}
          </Link>
        </li>
      </ul>
      {counted !== null && <CountBulk counted={counted} />}
    </Section>
  )
}

function Count({ finding }: { finding: CheckFinding }) {
  const format = useFormat()
  return <b className={css.count}>{finding.count > 0 ? format.number(finding.count) : ''}</b>
}

function Words({ finding, zone }: { finding: CheckFinding; zone: string }) {
  const { t } = useTranslation()
  return t(`check.kind.${finding.kind}`, { count: finding.count, zone })
}

interface LeadProps {
  finding: CheckFinding
  range: { from: string; to: string }
  search: ReportSearch
}

function LeadLink({ finding, range, search }: LeadProps) {
  const { t } = useTranslation()
  const lead = leadOf(finding, range)
  if (!lead || finding.count === 0) return null
  switch (lead.to) {
    case 'journeys':
      return (
        <Link
          to="/"
          search={{ ...search, explain: writeSelection(lead.selection) }}
          resetScroll={false}
          className={toolClass}
        >
          {t('check.lead.journeys')}
        </Link>
      )
    case 'filter':
      return (
        <Link to="/" search={{ ...search, ...lead.search }} className={toolClass}>
          {t('check.lead.filter')}
        </Link>
      )
    case 'log':
      return (
        <Link to="/log" search={lead.search} className={toolClass}>
          {t('check.lead.log')}
        </Link>
      )
    case 'contacts':
      return (
        <Link to="/contacts" search={{ filter: lead.filter }} className={toolClass}>
          {t('check.lead.contacts')}
        </Link>
      )
    case 'stages':
      return (
        <Link to="/stages" className={toolClass}>
          {t('check.lead.stages')}
        </Link>
      )
    case 'imports':
      return (
        <Link to="/import" className={toolClass}>
          {t('check.lead.imports')}
        </Link>
      )
    case 'trend':
      return (
        <a href="#trend" className={toolClass}>
          {t('check.lead.trend')}
        </a>
      )
  }
}
