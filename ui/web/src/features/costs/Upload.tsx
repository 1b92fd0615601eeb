import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DropZone } from '@/components/DropZone'
import { Section } from '@/components/states'
import { parseCsv } from '@/features/imports/csv'
import css from './Costs.module.css'
import { Preview } from './Preview'

/** More is no export of costs by day: it would only stop the browser. */
const MAX_BYTES = 20 << 20

interface Chosen {
  name: string
  table: string[][]
}

/** Costs as a table, as advertising services export it. */
export function Upload() {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<Chosen>()
  const [problem, setProblem] = useState('')
  async function take(file: File) {
    setProblem('')
    if (file.size > MAX_BYTES) return setProblem(t('costs.tooLarge', { file: file.name }))
    const table = parseCsv(await file.text().catch(() => ''))
    if (table.length < 2) return setProblem(t('import.unreadable', { file: file.name }))
    setChosen({ name: file.name, table })
  }
  return (
    <Section id="upload" title={t('costs.upload')} text={t('costs.uploadText')}>
      {chosen ? (
        <Preview name={chosen.name} table={chosen.table} onClose={() => setChosen(undefined)} />
      ) : (
        <DropZone
          label={t('costs.drop')}
          hint={t('costs.dropHint')}
          accept=".csv,.tsv,.txt,text/csv"
          onFile={(file) => void take(file)}
        />
      )}
      {problem && (
        <p role="alert" className={css.problem}>
          {problem}
        </p>
      )}
    </Section>
  )
}
