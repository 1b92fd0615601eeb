import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DropZone } from '@/components/DropZone'
import { sampleOf } from './csv'
import type { Chosen } from './ImportView'

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
  const [problem, setProblem] = useState('')

  async function take(file: File) {
    const unreadable = { text: '', whole: true }
    const { text, whole } = await beginning(file).catch(() => unreadable)
    const sample = sampleOf(text, whole)
    if (sample.columns.length === 0 || sample.rows.length === 0)
      return setProblem(t('import.unreadable', { file: file.name }))
    onChosen({ file, sample })
  }
  return (
    <div className="stack">
      <DropZone
        label={t('import.drop')}
        hint={t('import.dropHint')}
        accept=".csv,.tsv,.txt,.gz,text/csv"
        onFile={(file) => void take(file)}
      />
      {problem && <p role="alert">{problem}</p>}
    </div>
  )
}
