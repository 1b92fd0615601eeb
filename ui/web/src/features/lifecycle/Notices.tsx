import { useTranslation } from 'react-i18next'
import type { LifecycleReport } from '@/api/types'
import css from './Lifecycle.module.css'
import { holdsToday } from './model'
import { useNoticeText } from './useNoticeText'

/** What the reader should know before trusting the numbers: the answer's notices, and an unfinished day. */
export function Notices({ report }: { report: LifecycleReport }) {
  const { t } = useTranslation()
  const noticeText = useNoticeText()
  // The unfinished day is said in the page's own words.
  const notices = report.notices.filter((notice) => notice.kind !== 'range_has_today')
  const today = holdsToday(report)
  if (notices.length === 0 && !today) return null
  return (
    <ul className={css.notices} aria-label={t('notices')}>
      {today && <li>{report.compare ? t('today.compared') : t('today.alone')}</li>}
      {notices.map((notice) => (
        <li key={`${notice.kind}:${notice.text}`}>{noticeText(notice)}</li>
      ))}
    </ul>
  )
}
