import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sessionOptions } from '@/api/session'
import { stagesOptions } from '@/api/stages'
import { useTitle } from '@/lib/useTitle'
import type { Sample } from './csv'
import { DropFile } from './DropFile'
import { ImportResult } from './ImportResult'
import { MappingForm } from './MappingForm'
import { PastImports } from './PastImports'

const route = getRouteApi('/app/import')

export interface Chosen {
  file: File
  sample: Sample
  /** Whether what was read of it is UTF-8. */
  utf8: boolean
}

/** A file, what its columns mean, a trial without effect, the import, its counts. */
export default function ImportView() {
  const { t } = useTranslation()
  const { id } = route.useSearch()
  const navigate = route.useNavigate()
  const stages = useQuery(stagesOptions)
  const { data: session } = useQuery(sessionOptions)
  const zone = session?.workspace.time_zone ?? 'UTC'
  const [chosen, setChosen] = useState<Chosen | null>(null)
  useTitle(t('nav.import'))
  const again = () => {
    setChosen(null)
    void navigate({ search: {} })
  }
  return (
    <div className="page">
      <header>
        <h1>{t('nav.import')}</h1>
        <p className="lede">{t('import.lede')}</p>
      </header>
      {id ? (
        <ImportResult id={id} zone={zone} onAgain={again} />
      ) : chosen ? (
        <MappingForm
          key={`${chosen.file.name}:${stages.isSuccess}`}
          chosen={chosen}
          stages={stages.data?.items ?? []}
          onOther={again}
          onStarted={(started) => void navigate({ search: { id: started } })}
        />
      ) : (
        <>
          <DropFile onChosen={setChosen} />
          <PastImports zone={zone} />
        </>
      )}
    </div>
  )
}
