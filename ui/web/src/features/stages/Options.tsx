import { NativeSelect } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { lifecycleKey } from '@/api/lifecycle'
import { isApiError } from '@/api/problem'
import { sessionOptions } from '@/api/session'
import { stagesOptions } from '@/api/stages'
import type { Settings, SettingsPatch } from '@/api/types'
import { editSettings, settingsOptions } from '@/api/workspace'
import { ErrorState, Section, Skeleton } from '@/components/states'
import { useToast } from '@/components/Toasts'
import { useProblem } from '@/components/useProblem'
import css from './Stages.module.css'

const SWITCHES = ['lifecycle_enabled', 'forward_only', 'count_bulk'] as const

function useSettingsEdit() {
  const { t } = useTranslation()
  const problem = useProblem()
  const toast = useToast()
  const client = useQueryClient()
  const renew = async () => {
    await Promise.all(
      [settingsOptions.queryKey, sessionOptions.queryKey, stagesOptions.queryKey, lifecycleKey].map(
        (queryKey) => client.invalidateQueries({ queryKey }),
      ),
    )
  }
  const edit = useMutation({
    mutationFn: ({ change, tag }: { change: SettingsPatch; back: SettingsPatch | null; tag: string }) =>
      editSettings(change, tag),
    onSuccess: async (_, { back }) => {
      await renew()
      const undo = () => {
        const tag = client.getQueryData(settingsOptions.queryKey)?.tag ?? ''
        if (back) edit.mutate({ change: back, back: null, tag })
      }
      toast(t('options.saved'), back ? undo : undefined)
    },
    onError: (error) => {
      toast(isApiError(error, 412) ? t('options.changedMeanwhile') : problem.text(error))
      void renew()
    },
  })
  return edit
}

/** The lifecycle on or off, what counts as a move, whose days and whose money. */
export function Options() {
  const { t } = useTranslation()
  const query = useQuery(settingsOptions)
  const edit = useSettingsEdit()
  const settings = query.data?.settings
  const change = (name: keyof SettingsPatch, value: boolean | string) => {
    if (!query.data) return
    const { settings: was, tag } = query.data
    edit.mutate({ change: { [name]: value }, back: { [name]: was[name] }, tag })
  }
  return (
    <Section id="options" title={t('options.title')} text={t('options.text')}>
      {query.isPending && <Skeleton height={260} />}
      {query.isError && (
        <ErrorState error={query.error} kept={t('error.keptPage')} onRetry={() => void query.refetch()} />
      )}
      {settings && (
        <div className={css.options}>
          {SWITCHES.map((name) => (
            <label key={name} className={css.option}>
              <input
                type="checkbox"
                role="switch"
                checked={edit.isPending ? (edit.variables.change[name] ?? settings[name]) : settings[name]}
                disabled={edit.isPending}
                onChange={(event) => change(name, event.currentTarget.checked)}
              />
              <span>
                <b>{t(`options.${name}`)}</b>
                <span className="caption">{t(`options.about.${name}`)}</span>
              </span>
            </label>
          ))}
          <Places settings={settings} pending={edit.isPending} onChange={change} />
        </div>
      )}
    </Section>
  )
}

interface PlacesProps {
  settings: Settings
  pending: boolean
  onChange: (name: 'time_zone' | 'currency', value: string) => void
}

/** Every name that the browser knows, and the one in force if it does not. */
function known(what: 'timeZone' | 'currency', current: string): string[] {
  return [...new Set([current, 'UTC', ...Intl.supportedValuesOf(what)])]
    .filter((name) => what === 'timeZone' || name !== 'UTC')
    .sort()
}

function Places({ settings, pending, onChange }: PlacesProps) {
  const { t } = useTranslation()
  return (
    <div className={css.places}>
      <NativeSelect
        label={t('options.time_zone')}
        description={t('options.about.time_zone')}
        disabled={pending}
        value={settings.time_zone}
        onChange={(event) => onChange('time_zone', event.currentTarget.value)}
        data={known('timeZone', settings.time_zone)}
      />
      <NativeSelect
        label={t('options.currency')}
        description={t('options.about.currency')}
        disabled={pending}
        value={settings.currency}
        onChange={(event) => onChange('currency', event.currentTarget.value)}
        data={known('currency', settings.currency)}
      />
    </div>
  )
}
