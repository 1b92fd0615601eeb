import { useTranslation } from 'react-i18next'
import { useFormat } from '@/lib/useFormat'
import css from './Lifecycle.module.css'
import type { GroupRow } from './stageModel'

/** Which groups really differ, said in a sentence; nothing is claimed of groups that are too small. */
export function GroupSentence({ rows }: { rows: GroupRow[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const names = (claim: GroupRow['claim']) =>
    new Intl.ListFormat(format.locale).format(
      rows
        .filter((row) => row.claim === claim && row.conversion !== null)
        .map((row) => t('group.named', { group: row.label, rate: format.rate(row.conversion ?? 0) })),
    )
  const [higher, lower] = [names('higher'), names('lower')]
  const few = rows.filter((row) => row.claim === 'too_few').length
  const parts = [
    higher && t('group.higher', { groups: higher }),
    lower && t('group.lower', { groups: lower }),
    !higher && !lower && t('group.noneDiffers'),
    few > 0 && t('group.tooFew', { count: few }),
  ].filter(Boolean)
  return <p className={css.reading}>{parts.join(' ')}</p>
}
