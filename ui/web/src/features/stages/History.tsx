import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConfigurationEdit } from '@/api/types'
import { ErrorState, Section, Skeleton } from '@/components/states'
import { useFormat } from '@/lib/useFormat'
import { useSaying } from '@/lib/useSaying'
import { EffectBrief } from './Effect'
import type { useHistory } from './Recompute'
import css from './Stages.module.css'
import type { StageActions } from './useStageActions'

const FIRST = 8
const ACTORS = ['user', 'api', 'workflow', 'form', 'import', 'bulk'] as const

interface Props {
  query: ReturnType<typeof useHistory>
  zone: string
  actions: StageActions
}

/** Who changed the stages and settings, when, what that did to the numbers, and its undo. */
export function History({ query, zone, actions }: Props) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const edits = query.data?.items ?? []
  const shown = all ? edits : edits.slice(0, FIRST)
  return (
    <Section id="history" title={t('history.title')} text={t('history.text', { zone })}>
      {query.isPending && <Skeleton height={240} />}
      {query.isError && (
        <ErrorState error={query.error} kept={t('error.keptPage')} onRetry={() => void query.refetch()} />
      )}
      <ol className={css.history}>
        {shown.map((edit) => (
          <Edit key={edit.seq} edit={edit} zone={zone} actions={actions} />
        ))}
      </ol>
      {edits.length > shown.length && (
        <div>
          <Button variant="default" size="sm" onClick={() => setAll(true)}>
            {t('history.more', { count: edits.length - shown.length })}
          </Button>
        </div>
      )}
    </Section>
  )
}

function Edit({ edit, zone, actions }: { edit: ConfigurationEdit; zone: string; actions: StageActions }) {
  const { t } = useTranslation()
  const format = useFormat()
  const say = useSaying()
  const said = edit.changes.map((change) => say('edit', change))
  const kind = ACTORS.find((one) => one === edit.actor.kind)
  const who = edit.actor.name || (kind ? t(`actor.${kind}`) : edit.actor.kind)
  return (
    <li>
      <div className={css.edit}>
        {said.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <p className="caption">
          {format.moment(edit.at, zone)} · {t('timeline.by', { who })}
        </p>
        {edit.effect && <EffectBrief effect={edit.effect} />}
        {edit.recomputes && !edit.effect && <p className="caption">{t('history.counting')}</p>}
      </div>
      {edit.can_undo ? (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={t('history.undo', { what: said.join(' ') })}
          loading={actions.undo.isPending && actions.undo.variables === edit.seq}
          onClick={() => actions.undo.mutate(edit.seq)}
        >
          {t('toast.undo')}
        </Button>
      ) : (
        <span className={`caption ${css.cannot}`}>{edit.why_not && say('why', edit.why_not)}</span>
      )}
    </li>
  )
}
