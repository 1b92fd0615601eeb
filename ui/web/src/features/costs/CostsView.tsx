import { useTranslation } from 'react-i18next'
import { useMay } from '@/lib/useMay'
import { useTitle } from '@/lib/useTitle'
import { CostList } from './CostList'
import css from './Costs.module.css'
import { Rates } from './Rates'
import { Upload } from './Upload'

/** What advertising costs: told as a table or by hand, and what other currencies are worth. */
export default function CostsView() {
  const { t } = useTranslation()
  const write = useMay('write')
  useTitle(t('costs.title'))
  return (
    <div className={css.sections}>
      {write && <Upload />}
      <CostList />
      <Rates />
    </div>
  )
}
