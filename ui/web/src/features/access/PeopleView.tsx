import { useTranslation } from 'react-i18next'
import { useMay } from '@/lib/useMay'
import { useTitle } from '@/lib/useTitle'
import css from './Access.module.css'
import { Keys } from './Keys'
import { Password } from './Password'
import { People } from './People'

/** Who may come in: the people of the workspace, the keys of programs, and one's own password. */
export default function PeopleView() {
  const { t } = useTranslation()
  const admin = useMay('admin')
  useTitle(t('people.title'))
  return (
    <div className={css.sections}>
      <People />
      {admin && <Keys />}
      <Password />
    </div>
  )
}
