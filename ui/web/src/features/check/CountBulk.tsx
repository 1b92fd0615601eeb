import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { lifecycleKey } from '@/api/lifecycle'
import { isApiError } from '@/api/problem'
import { editSettings, settingsOptions } from '@/api/workspace'
import { useToast } from '@/components/Toasts'
import { useProblem } from '@/components/useProblem'
import css from './Check.module.css'

/** Whether imports and bulk changes are moves: switched here, where their number stands, and taken back in the toast. */
export function CountBulk({ counted }: { counted: boolean }) {
  const { t } = useTranslation()
  const problem = useProblem()
  const toast = useToast()
  const client = useQueryClient()
  const settings = useQuery(settingsOptions)
  const edit = useMutation({
    mutationFn: async ({ count }: { count: boolean; back: boolean }) => {
      const { tag } = await client.fetchQuery({ ...settingsOptions, staleTime: 0 })
      return editSettings({ count_bulk: count }, tag)
    },
    onSuccess: (_, { count, back }) => {
      toast(
        t(count ? 'check.nowCounted' : 'check.notCounted'),
        back ? undefined : () => edit.mutate({ count: !count, back: true }),
      )
    },
    onError: (error) => toast(isApiError(error, 403) ? t('error.forbidden') : problem.text(error)),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: settingsOptions.queryKey })
      await client.invalidateQueries({ queryKey: lifecycleKey })
    },
  })
  const on = edit.isPending ? edit.variables.count : (settings.data?.settings.count_bulk ?? counted)
  return (
    <label className={css.switch}>
      <input
        type="checkbox"
        role="switch"
        checked={on}
        disabled={edit.isPending}
        onChange={(event) => edit.mutate({ count: event.currentTarget.checked, back: false })}
      />
      <span>
        <b>{t('options.count_bulk')}</b>
        <span className="caption">{t('check.countBulk')}</span>
      </span>
    </label>
  )
}
