import { useTranslation } from 'react-i18next'
import { NativeSelect } from '@mantine/core'
import type { EventChoice, Kind } from '@/api/destinations'
import css from './Destinations.module.css'

interface Props {
  kind: Kind
  events: EventChoice[]
  stages: { id: string; name: string }[]
  onChange: (events: EventChoice[]) => void
}

/** What is told: each event that the service can take, and which stage of a stage. */
export function EventChoices({ kind, events, stages, onChange }: Props) {
  const { t } = useTranslation()
  const chosen = (event: string) => events.find((one) => one.event === event)
  const stage = chosen('stage')
  return (
    <fieldset className={css.set}>
      <legend>{t('destinations.what')}</legend>
      {kind.events.map(({ event, name }) => (
        <label key={event} className={css.check}>
          <input
            type="checkbox"
            checked={chosen(event) !== undefined}
            onChange={({ currentTarget: { checked } }) =>
              onChange(checked ? [...events, { event }] : events.filter((one) => one.event !== event))
            }
          />
          <span>
            {t(`destinations.events.${event}`)} <span className="caption">{chosen(event)?.name || name}</span>
          </span>
        </label>
      ))}
      {stage && (
        <NativeSelect
          label={t('destinations.whichStage')}
          data={[
            { value: '', label: t('destinations.everyStage') },
            ...stages.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={stage.stages?.[0] ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChange(
              events.map((one) => (one === stage ? { ...stage, stages: value ? [value] : undefined } : one)),
            )
          }
        />
      )}
    </fieldset>
  )
}
