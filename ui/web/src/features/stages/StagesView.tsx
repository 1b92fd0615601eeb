import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { stagesOptions } from '@/api/stages'
import type { Stage, StageKind, StageTemplate } from '@/api/types'
import { ErrorState, Section, Skeleton } from '@/components/states'
import { useTitle } from '@/lib/useTitle'
import { byKind, isAddable, moved } from './model'
import { StageDialog } from './StageDialog'
import { StageItem } from './StageItem'
import css from './Stages.module.css'
import type { StageActions } from './useStageActions'
import { useStageActions } from './useStageActions'

const TEMPLATES: StageTemplate[] = ['respond', 'hubspot', 'ruler', 'aarrr']

type Open = { kind: StageKind; stage: Stage | null } | null

export default function StagesView() {
  const { t } = useTranslation()
  const query = useQuery(stagesOptions)
  const actions = useStageActions()
  const [open, setOpen] = useState<Open>(null)
  useTitle(t('nav.stages'))
  const stages = query.data?.items ?? []

  return (
    <div className="page">
      <header>
        <h1>{t('nav.stages')}</h1>
        <p className="lede">{t('stages.lede')}</p>
      </header>
      {query.isPending && <Skeleton height={420} />}
      {query.isError && (
        <ErrorState error={query.error} kept={t('error.keptPage')} onRetry={() => void query.refetch()} />
      )}
      {query.data && (
        <>
          {byKind(stages).map(({ kind, stages: some }) => (
            <KindSection key={kind} kind={kind} stages={some} actions={actions} onOpen={setOpen} />
          ))}
          <Templates actions={actions} />
        </>
      )}
      {open && <StageDialog {...open} actions={actions} onClose={() => setOpen(null)} />}
    </div>
  )
}

interface KindProps {
  kind: StageKind
  stages: Stage[]
  actions: StageActions
  onOpen: (open: Open) => void
}

function KindSection({ kind, stages, actions, onOpen }: KindProps) {
  const { t } = useTranslation()
  const move = (stage: Stage, by: -1 | 1) => {
    const ids = moved(stages, stage.id, by)
    if (ids) actions.order.mutate({ kind, ids, before: stages.map((one) => one.id) })
  }
  return (
    <Section id={`kind-${kind}`} title={t(`stages.kind.${kind}`)} text={t(`stages.kindText.${kind}`)}>
      {stages.length > 0 && (
        <ol className={css.list}>
          {stages.map((stage, i) => (
            <StageItem
              key={stage.id}
              stage={stage}
              first={i === 0}
              last={i === stages.length - 1}
              movable={kind !== 'won' && stages.length > 1}
              onMove={(by) => move(stage, by)}
              onEdit={() => onOpen({ kind, stage })}
            />
          ))}
        </ol>
      )}
      {isAddable(kind) && (
        <div>
          <Button variant="default" size="sm" onClick={() => onOpen({ kind, stage: null })}>
            {t(`stages.add.${kind}`)}
          </Button>
        </div>
      )}
    </Section>
  )
}

function Templates({ actions }: { actions: StageActions }) {
  const { t } = useTranslation()
  return (
    <Section id="templates" title={t('stages.templates')} text={t('stages.templatesText')}>
      <ul className={css.templates}>
        {TEMPLATES.map((name) => (
          <li key={name}>
            <button
              type="button"
              className={css.template}
              disabled={actions.template.isPending}
              onClick={() => actions.template.mutate(name)}
            >
              <b>{t(`stages.template.${name}`)}</b>
              <span className="caption">{t(`stages.templateStages.${name}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}
