import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Stage } from '@/api/types'
import { Section } from '@/components/states'
import { useFormat } from '@/lib/useFormat'
import { whyOut } from './model'
import css from './Stages.module.css'
import type { StageActions } from './useStageActions'

/** Stages that were archived, erased or merged, each with its way back. */
export function OutOfUse({ stages, actions }: { stages: Stage[]; actions: StageActions }) {
  const { t } = useTranslation()
  if (stages.length === 0) return null
  return (
    <Section id="out" title={t('stages.out')} text={t('stages.outText')}>
      <ul className={css.list}>
        {stages.map((stage) => (
          <Out key={stage.id} stage={stage} actions={actions} />
        ))}
      </ul>
    </Section>
  )
}

function Out({ stage, actions }: { stage: Stage; actions: StageActions }) {
  const { t } = useTranslation()
  const format = useFormat()
  const why = whyOut(stage) ?? 'archived'
  const way = why === 'erased' && !stage.into ? 'erasedNowhere' : why
  return (
    <li className={css.out}>
      <span className={css.emoji} aria-hidden="true">
        {stage.emoji}
      </span>
      <span className={css.words}>
        <span className={css.name}>{stage.name}</span>
        <span className="caption">
          {t(`stages.outWhy.${way}`, { into: stage.into?.name })}
          {why === 'archived' &&
            ` ${t('stages.stillThere', {
              contacts: t('stages.contacts', {
                count: stage.contacts,
                number: format.number(stage.contacts),
              }),
            })}`}
        </span>
      </span>
      <Button
        variant="default"
        size="sm"
        aria-label={t('stages.restoreName', { name: stage.name })}
        loading={actions.restore.isPending && actions.restore.variables.id === stage.id}
        onClick={() => actions.restore.mutate(stage)}
      >
        {t('stages.restore')}
      </Button>
    </li>
  )
}
