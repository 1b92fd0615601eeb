import { useTranslation } from 'react-i18next'
import type { GroupRow } from './stageModel'

/** What may honestly be said about a group's conversion against that of all the others. */
export function Claim({ row }: { row: GroupRow }) {
  const { t } = useTranslation()
  switch (row.claim) {
    case 'higher':
      return <b style={{ color: 'var(--good)', fontWeight: 600 }}>↑ {t('claim.higher')}</b>
    case 'lower':
      return <b style={{ color: 'var(--bad)', fontWeight: 600 }}>↓ {t('claim.lower')}</b>
    case 'too_few':
      return <span className="muted">{t('few', { count: row.entered })}</span>
    case 'no_claim':
      return <span className="muted">{t('claim.none')}</span>
    case 'not_tested':
      return <span className="muted">{t('claim.untested')}</span>
  }
}
