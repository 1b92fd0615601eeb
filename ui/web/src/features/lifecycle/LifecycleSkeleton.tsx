import { useTranslation } from 'react-i18next'
import { Skeleton } from '@/components/states'
import cards from './FigureCards.module.css'
import css from './Lifecycle.module.css'

/** The report's parts at their final sizes, so that nothing jumps when the numbers come. */
export function LifecycleSkeleton() {
  const { t } = useTranslation()
  return (
    <div className={css.body} role="status" aria-label={t('loading')}>
      <div className={cards.cards}>
        {[0, 1, 2, 3].map((i) => (
          <Skeleton key={i} height={154} />
        ))}
      </div>
      <Skeleton height={28} width="60%" />
      <Skeleton height={46} />
      <Skeleton height={260} />
      <Skeleton height={280} />
    </div>
  )
}
