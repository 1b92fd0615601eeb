import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '@/components/Icon'
import { sampleOf } from './csv'
import type { Chosen } from './ImportView'
import css from './Import.module.css'

/** Enough of the file to know its columns and most of its stage names. */
const SAMPLE_BYTES = 1 << 20

/** The beginning of a file, unpacked where it is gzipped, and whether that is all of it. */
async function beginning(file: File): Promise<{ text: string; whole: boolean }> {
  if (!/\.gz$/i.test(file.name)) {
    return { text: await file.slice(0, SAMPLE_BYTES).text(), whole: file.size <= SAMPLE_BYTES }
  }
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const decoder = new TextDecoder()
  let text = ''
  while (text.length < SAMPLE_BYTES) {
    const { done, value } = await reader.read()
    if (done) return { text, whole: true }
    text += decoder.decode(value, { stream: true })
  }
  await reader.cancel()
  return { text, whole: false }
}

export function DropFile({ onChosen }: { onChosen: (chosen: Chosen) => void }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [problem, setProblem] = useState('')

  async function take(file: File | undefined) {
    if (!file) return
    const unreadable = { text: '', whole: true }
    const { text, whole } = await beginning(file).catch(() => unreadable)
    const sample = sampleOf(text, whole)
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
        accept=".csv,.tsv,.txt,.gz,text/csv"
        className="sr-only"
        tabIndex={-1}
        aria-label={t('import.drop')}
        onChange={(event) => void take(event.currentTarget.files?.[0])}
      />
      {problem && <p role="alert">{problem}</p>}
    </div>
  )
}
