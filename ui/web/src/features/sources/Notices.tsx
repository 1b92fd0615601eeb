import { useTranslation } from 'react-i18next'
import css from '@/features/lifecycle/Lifecycle.module.css'
import { useNoticeText } from '@/features/lifecycle/useNoticeText'

interface Props {
  notices: Parameters<ReturnType<typeof useNoticeText>>[0][]
}

/** What must be known of the numbers. That today is not over is seen from the days. */
export function Notices({ notices }: Props) {
  const { t } = useTranslation()
  const noticeText = useNoticeText()
  const shown = notices.filter((notice) => notice.kind !== 'range_has_today')
  if (shown.length === 0) return null
  return (
    <ul className={css.notices} aria-label={t('notices')}>
      {shown.map((notice) => (
        <li key={notice.kind}>{noticeText(notice)}</li>
      ))}
    </ul>
  )
}
