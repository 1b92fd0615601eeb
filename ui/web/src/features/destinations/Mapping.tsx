import { Autocomplete, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Pair } from '@/api/destinations'
import { kindsOptions } from '@/api/destinations'
import { toolClass } from '@/components/states'
import { Tool } from '@/features/keep/Actions'
import css from './Destinations.module.css'

/** Which of our fields fills which of theirs; what is written in quotes is a fixed text. */
export function Mapping({ mapping, onChange }: { mapping: Pair[]; onChange: (mapping: Pair[]) => void }) {
  const { t } = useTranslation()
  const { data: kinds } = useQuery(kindsOptions)
  const set = (at: number, pair: Pair) => onChange(mapping.map((one, i) => (i === at ? pair : one)))
  return (
    <fieldset className={css.set}>
      <legend>{t('destinations.mapping')}</legend>
      <p className="caption">{t('destinations.mappingText')}</p>
      {mapping.map((pair, at) => (
        <div key={at} className={css.pair}>
          <TextInput
            aria-label={t('destinations.theirs', { row: at + 1 })}
            placeholder={t('destinations.theirField')}
            value={pair.to}
            onChange={({ currentTarget }) => set(at, { ...pair, to: currentTarget.value })}
          />
          <Autocomplete
            aria-label={t('destinations.ours', { row: at + 1 })}
            placeholder="contact.email"
            data={kinds?.sources ?? []}
            value={pair.value === undefined ? (pair.from ?? '') : `"${pair.value}"`}
            onChange={(text) => set(at, { to: pair.to, ...read(text) })}
          />
          <Tool
            label={t('keep.remove')}
            of={pair.to}
            onClick={() => onChange(mapping.filter((_, i) => i !== at))}
          />
        </div>
      ))}
      <div>
        <button
          type="button"
          className={toolClass}
          onClick={() => onChange([...mapping, { to: '', from: '' }])}
        >
          {t('destinations.addPair')}
        </button>
      </div>
    </fieldset>
  )
}

function read(text: string): Pick<Pair, 'from' | 'value'> {
  const quoted = /^"(.*?)"?$/.exec(text)
  return quoted ? { value: quoted[1] ?? '' } : { from: text }
}
