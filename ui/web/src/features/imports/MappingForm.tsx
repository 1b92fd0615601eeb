import { Button, NativeSelect } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { importOptions, importsOptions, isRunning, startImport } from '@/api/imports'
import { isApiError } from '@/api/problem'
import type { ImportMode, Stage } from '@/api/types'
import { Section } from '@/components/states'
import { useProblem } from '@/components/useProblem'
import { ColumnRow } from './ColumnRow'
import { crmOf } from './crm'
import { FirstRows } from './FirstRows'
import { Counts } from './Counts'
import type { Chosen } from './ImportView'
import { Progress } from './ImportResult'
import css from './Import.module.css'
import type { ColumnChoice } from './model'
import { firstChoices, hasDate, hasIdentity, mappingOf, MODES } from './model'

interface Props {
  chosen: Chosen
  stages: Stage[]
  onOther: () => void
  onStarted: (id: string) => void
}

export function MappingForm({ chosen, stages, onOther, onStarted }: Props) {
  const { t } = useTranslation()
  const { file, sample, utf8 } = chosen
  const [choices, setChoices] = useState(() => firstChoices(sample, stages))
  const [mode, setMode] = useState<ImportMode>()
  const [stage, setStage] = useState('')
  const crm = useMemo(() => crmOf(sample.columns), [sample])
  const dated = hasDate(choices)
  const effective = mode ?? (dated ? 'history' : 'correction')
  const client = useQueryClient()
  const run = useMutation({
    mutationFn: (dryRun: boolean) =>
      startImport({ file, mapping: mappingOf(choices), mode: effective, stage, dryRun }),
    onSuccess: (job, dryRun) => {
      if (dryRun) return
      // The list of past imports was fetched before this one.
      void client.invalidateQueries({ queryKey: importsOptions.queryKey })
      onStarted(job.id)
    },
  })
  const change = (next: ColumnChoice) => {
    run.reset()
    setChoices(choices.map((one) => (one.column === next.column ? next : one)))
  }
  const tried = useQuery({
    ...importOptions(run.data?.id ?? ''),
    enabled: run.isSuccess && run.variables,
  })

  return (
    <>
      <p className="row">
        <b>{file.name}</b>
        <Button variant="subtle" size="compact-sm" onClick={onOther}>
          {t('import.other')}
        </Button>
      </p>
      {!utf8 && <p role="alert">{t('import.partlyUtf8')}</p>}
      <Section
        id="mapping"
        title={t('import.mapping')}
        text={crm ? t('import.mappingKnown', { crm: t(`import.crm.${crm}`) }) : t('import.mappingText')}
      >
        <ul className={css.columns}>
          {choices.map((choice, i) => (
            <ColumnRow
              key={choice.column}
              choice={choice}
              index={i}
              sample={sample}
              stages={stages}
              onChange={change}
            />
          ))}
        </ul>
      </Section>
      <FirstRows sample={sample} choices={choices} stages={stages} />
      <Section id="mode" title={t('import.mode')}>
        <div role="radiogroup" aria-labelledby="mode" className={css.modes}>
          {MODES.map((one) => (
            <label key={one} className={css.mode}>
              <input
                type="radio"
                name="mode"
                checked={one === effective}
                disabled={one === 'history' && !dated}
                onChange={() => {
                  run.reset()
                  setMode(one)
                }}
              />
              <span>
                <b>{t(`import.modes.${one}`)}</b>
                <span className="caption">{t(`import.modeText.${one}`)}</span>
              </span>
            </label>
          ))}
        </div>
        <NativeSelect
          label={t('import.stageForAll')}
          maw={320}
          value={stage}
          onChange={(event) => setStage(event.currentTarget.value)}
          data={[
            { value: '', label: t('import.noStage') },
            ...stages.map((one) => ({ value: one.key, label: one.name })),
          ]}
        />
      </Section>
      {!hasIdentity(choices) && <p role="status">{t('import.needIdentity')}</p>}
      {run.isError && <Failure error={run.error} />}
      {tried.data && (isRunning(tried.data) ? <Progress job={tried.data} /> : <Counts job={tried.data} />)}
      {tried.data?.state === 'failed' && <p role="alert">{tried.data.error ?? t('import.failed')}</p>}
      <div className="row">
        <Button
          variant="default"
          disabled={!hasIdentity(choices)}
          loading={run.isPending && run.variables}
          onClick={() => run.mutate(true)}
        >
          {t('import.try')}
        </Button>
        <Button
          disabled={!hasIdentity(choices)}
          loading={run.isPending && !run.variables}
          onClick={() => run.mutate(false)}
        >
          {t('import.start')}
        </Button>
      </div>
    </>
  )
}

function Failure({ error }: { error: Error }) {
  const problem = useProblem()
  return (
    <div role="alert">
      <p>{problem.text(error)}</p>
      <ul>
        {(isApiError(error) ? error.fields : []).map((field) => (
          <li key={`${field.location}:${field.message}`}>{problem.wrong(field)}</li>
        ))}
      </ul>
    </div>
  )
}
