import { Button, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Written } from '@/api/segments'
import { checkOptions, isWritten } from '@/api/segments'
import type { SegmentFault, SegmentView } from '@/api/types'
import { ErrorState, Skeleton } from '@/components/states'
import { Builder } from './Builder'
import css from './Filters.module.css'
import type { GroupNode } from './model'
import { offsetOf, readExpr, toExpr, toTree } from './model'
import { usePhrases } from './usePhrases'
import { useFields } from './useFilterWords'

interface Props {
  /** The text form; empty means everybody. */
  value: string
  applyLabel: string
  onApply: (text: string) => void
  /** An empty filter makes no sense here. */
  required?: boolean
  pending?: boolean
}

type Mode = 'build' | 'text'

/** One filter in two forms that say the same: rows to choose from, and text; beside them what it means in words. */
export function FilterEditor(props: Props) {
  const { t } = useTranslation()
  const start = useQuery(checkOptions({ text: props.value }))
  if (props.value.trim() !== '' && start.isPending) return <Skeleton height={160} />
  if (start.isError) {
    return <ErrorState error={start.error} kept={t('error.keptPage')} onRetry={() => void start.refetch()} />
  }
  return <Editor {...props} start={props.value.trim() === '' ? undefined : start.data} />
}

function Editor({ value, applyLabel, onApply, required, pending, start }: Props & { start?: SegmentView }) {
  const { t } = useTranslation()
  const phrases = usePhrases()
  const fields = useFields()
  const expr = readExpr(start?.json)
  const [mode, setMode] = useState<Mode>(start && !expr ? 'text' : 'build')
  const [tree, setTree] = useState<GroupNode>(() => toTree(expr))
  const [text, setText] = useState(start?.text || value)
  const written: Written = mode === 'text' ? { text } : { json: toExpr(tree, fields.typeOf) }
  const [settled] = useDebouncedValue(written, 250)
  const check = useQuery(checkOptions(settled))
  const empty = !isWritten(written)
  const view = empty || !isWritten(settled) ? undefined : check.data
  const fresh = JSON.stringify(written) === JSON.stringify(settled) && !check.isPlaceholderData
  const ready = empty ? !required : fresh && view?.valid === true

  const toMode = (next: Mode) => {
    if (next === 'text' && view?.valid) setText(view.text)
    if (next === 'text' && empty) setText('')
    if (next === 'build') setTree(toTree(empty ? undefined : readExpr(view?.json)))
    setMode(next)
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) onApply(empty ? '' : (view?.text ?? ''))
      }}
    >
      <div className={css.modes} role="group" aria-label={t('filters.form')}>
        {(['build', 'text'] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={mode === one}
            disabled={one === 'build' && mode === 'text' && !empty && !(fresh && view?.valid)}
            onClick={() => toMode(one)}
          >
            {t(`filters.mode.${one}`)}
          </button>
        ))}
      </div>
      {mode === 'build' ? (
        <Builder root={tree} fields={fields} onChange={setTree} />
      ) : (
        <TextForm text={text} onChange={setText} faults={fresh && view ? view.errors : []} />
      )}
      <div className={css.words} aria-live="polite">
        {empty && <p>{required ? t('filters.needed') : t('filters.everybody')}</p>}
        {view?.valid && <p>{t('filters.means', { words: phrases(view.explanation) })}</p>}
        {mode === 'build' && fresh && view?.valid === false && (
          <ul role="alert">
            {view.errors.map((fault) => (
              <li key={fault.path + fault.message}>{fault.message}</li>
            ))}
          </ul>
        )}
      </div>
      <div className="row">
        <Button type="submit" disabled={!ready} loading={pending}>
          {applyLabel}
        </Button>
      </div>
    </form>
  )
}

interface TextProps {
  text: string
  faults: SegmentFault[]
  onChange: (text: string) => void
}

/** The text form; a fault leads to its place. */
function TextForm({ text, faults, onChange }: TextProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLTextAreaElement>(null)
  const show = (fault: SegmentFault) => {
    const at = offsetOf(text, fault.line ?? 1, fault.column ?? 1)
    const word = /^\S*/.exec(text.slice(at))?.[0].length ?? 0
    box.current?.focus()
    box.current?.setSelectionRange(word > 0 ? at : Math.max(0, at - 1), at + word)
  }
  return (
    <div className={css.text}>
      <Textarea
        ref={box}
        label={t('filters.text')}
        description={t('filters.textHint')}
        placeholder="stage = hot_lead and days_in_stage > 7"
        autosize={false}
        rows={4}
        spellCheck={false}
        data-autofocus
        value={text}
        error={faults.length > 0}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {faults.length > 0 && (
        <ul className={css.faults} role="alert">
          {faults.map((fault) => (
            <li key={`${fault.offset}${fault.message}`}>
              <button type="button" onClick={() => show(fault)}>
                {fault.line
                  ? t('filters.at', { line: fault.line, column: fault.column ?? 1 })
                  : t('filters.somewhere')}
              </button>{' '}
              {fault.message}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
