import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '@/components/Icon'
import { sampleOf } from './csv'
import type { Chosen } from './ImportView'
import css from './Import.module.css'

/** Enough of the file to know its columns and most of its stage names. */
const SAMPLE_BYTES = 1 << 20

export function DropFile({ onChosen }: { onChosen: (chosen: Chosen) => void }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [problem, setProblem] = useState('')

  async function take(file: File | undefined) {
    if (!file) return
    const text = await file.slice(0, SAMPLE_BYTES).text()
    const sample = sampleOf(text, file.size <= SAMPLE_BYTES)
    if (sample.columns.length === 0 || sample.rows.length === 0)
      return setProblem(t('import.unreadable', { file: file.name }))
    onChosen({ file, sample })
  }
  return (
    <div className="stack">
      <button
        type="button"
        className={css.drop}
        data-over={over || undefined}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          void take(event.dataTransfer.files[0])
        }}
      >
        <Icon name="file" size={28} />
        <b>{t('import.drop')}</b>
        <span className="caption">{t('import.dropHint')}</span>
      </button>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        className="sr-only"
        tabIndex={-1}
        aria-label={t('import.drop')}
        onChange={(event) => void take(event.currentTarget.files?.[0])}
      />
      {problem && <p role="alert">{problem}</p>}
    </div>
  )
}
