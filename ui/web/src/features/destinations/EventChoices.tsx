import { MultiSelect } from '@mantine/core'
import '@mantine/core/styles/Combobox.css'
import '@mantine/core/styles/Pill.css'
import '@mantine/core/styles/PillsInput.css'
import { useTranslation } from 'react-i18next'
import type { EventChoice, Kind } from '@/api/destinations'
import type { Stage } from '@/api/types'
import css from './Destinations.module.css'
import { stageChoices, withStages } from './model'

interface Props {
  kind: Kind
  events: EventChoice[]
  stages: Stage[]
  onChange: (events: EventChoice[]) => void
}

/** What is told: each event that the service can take, and which stages of a stage. */
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
        <MultiSelect
          label={t('destinations.whichStages')}
          placeholder={stage.stages?.length ? undefined : t('destinations.everyStage')}
          data={stageChoices(stages, stage.stages)}
          value={stage.stages ?? []}
          checkIconPosition="right"
          clearable
          clearButtonProps={{ 'aria-label': t('destinations.anyStageAgain') }}
          onChange={(chosen) => onChange(withStages(events, stages, chosen))}
        />
      )}
    </fieldset>
  )
}
