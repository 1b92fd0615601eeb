import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DropZone } from '@/components/DropZone'
import { decoded, sampleOf } from './csv'
import type { Chosen } from './ImportView'

/** Enough of the file to know its columns and most of its stage names. */
const SAMPLE_BYTES = 1 << 20

/** The beginning of a file, unpacked where it is gzipped, and whether that is all of it. */
async function beginning(file: File): Promise<{ bytes: Uint8Array; whole: boolean }> {
  if (!/\.gz$/i.test(file.name)) {
    const bytes = new Uint8Array(await file.slice(0, SAMPLE_BYTES).arrayBuffer())
    return { bytes, whole: file.size <= SAMPLE_BYTES }
  }
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const parts: BlobPart[] = []
  const read = async (whole: boolean) => ({
    bytes: new Uint8Array(await new Blob(parts).arrayBuffer()),
    whole,
  })
  for (let size = 0; size < SAMPLE_BYTES;) {
    const { done, value } = await reader.read()
    if (done) return read(true)
    parts.push(value)
    size += value.length
  }
  await reader.cancel()
  return read(false)
}

export function DropFile({ onChosen }: { onChosen: (chosen: Chosen) => void }) {
  const { t } = useTranslation()
  const [problem, setProblem] = useState('')

  async function take(file: File) {
    const unreadable = { bytes: new Uint8Array(), whole: true }
    const { bytes, whole } = await beginning(file).catch(() => unreadable)
    const { text, utf8 } = decoded(bytes, whole)
    const sample = sampleOf(text, whole)
    if (sample.columns.length === 0 || sample.rows.length === 0)
      return setProblem(t('import.unreadable', { file: file.name }))
    if (!utf8 && sample.columns.some((name) => name.includes('\uFFFD')))
      return setProblem(t('import.notUtf8', { file: file.name }))
    onChosen({ file, sample, utf8 })
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
