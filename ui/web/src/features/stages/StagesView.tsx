import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sessionOptions } from '@/api/session'
import { allStagesOptions } from '@/api/stages'
import type { Stage, StageKind } from '@/api/types'
import { ErrorState, Section, Skeleton } from '@/components/states'
import { useTitle } from '@/lib/useTitle'
import { History } from './History'
import type { KindGroup } from './model'
import { byKind, isAddable, outOfUse } from './model'
import { Options } from './Options'
import { OutOfUse } from './OutOfUse'
import { RecomputeLine, useHistory } from './Recompute'
import { RemoveDialog } from './RemoveDialog'
import { StageDialog } from './StageDialog'
import { StageList } from './StageList'
import css from './Stages.module.css'
import { Templates } from './Templates'
import type { StageActions } from './useStageActions'
import { useStageActions } from './useStageActions'

type Open = { kind: StageKind; stage: Stage | null } | { remove: Stage } | null

export default function StagesView() {
  const { t } = useTranslation()
  const query = useQuery(allStagesOptions)
  const history = useHistory()
  const { data: session } = useQuery(sessionOptions)
  const actions = useStageActions()
  const [open, setOpen] = useState<Open>(null)
  useTitle(t('nav.stages'))
  const stages = query.data?.items ?? []
  const close = () => setOpen(null)

  return (
    <div className="page">
      <header>
        <h1>{t('nav.stages')}</h1>
        <p className="lede">{t('stages.lede')}</p>
      </header>
      <RecomputeLine recomputing={history.data?.recomputing ?? null} />
      {query.isPending && <Skeleton height={420} />}
      {query.isError && (
        <ErrorState error={query.error} kept={t('error.keptPage')} onRetry={() => void query.refetch()} />
      )}
      {query.data && (
        <div className={css.sections}>
          {byKind(stages).map((group) => (
            <KindSection key={group.kind} group={group} all={stages} actions={actions} onOpen={setOpen} />
          ))}
          <OutOfUse stages={outOfUse(stages)} actions={actions} />
          <Options />
          <History query={history} zone={session?.workspace.time_zone ?? 'UTC'} actions={actions} />
          <Templates actions={actions} />
        </div>
      )}
      {open && 'remove' in open && (
        <RemoveDialog stage={open.remove} stages={stages} actions={actions} onClose={close} />
      )}
      {open && 'kind' in open && <StageDialog {...open} actions={actions} onClose={close} />}
    </div>
  )
}

interface KindProps {
  group: KindGroup
  all: Stage[]
  actions: StageActions
  onOpen: (open: Open) => void
}

function KindSection({ group: { kind, stages }, all, actions, onOpen }: KindProps) {
  const { t } = useTranslation()
  return (
    <Section id={`kind-${kind}`} title={t(`stages.kind.${kind}`)} text={t(`stages.kindText.${kind}`)}>
      {stages.length > 0 && (
        <StageList
          kind={kind}
          stages={stages}
          all={all}
          actions={actions}
          onEdit={(stage) => onOpen({ kind, stage })}
          onRemove={(stage) => onOpen({ remove: stage })}
        />
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
