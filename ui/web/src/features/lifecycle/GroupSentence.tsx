import { useTranslation } from 'react-i18next'
import { useFormat } from '@/lib/useFormat'
import css from './Lifecycle.module.css'
import type { FilterName } from './search'
import type { GroupRow } from './stageModel'
import { useGroupName } from './useGroupName'

/** Which groups really differ, said in a sentence; nothing is claimed of groups that are too small. */
export function GroupSentence({ rows, by }: { rows: GroupRow[]; by: FilterName }) {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = useGroupName(by)
  const names = (claim: GroupRow['claim']) =>
    new Intl.ListFormat(format.locale).format(
      rows
        .filter((row) => row.claim === claim && row.conversion !== null)
        .map((row) => t('group.named', { group: nameOf(row), rate: format.rate(row.conversion ?? 0) })),
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
