import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filterValuesOptions } from '@/api/lifecycle'
import { Skeleton } from '@/components/states'
import { useFormat } from '@/lib/useFormat'
import css from './RangeSentence.module.css'
import type { FilterName, ReportSearch } from './search'
import { FILTERS, withFilter } from './search'
import { SentenceControl } from './SentenceControl'
import { useFilterText } from './useFilterText'

interface Props {
  search: ReportSearch
  label: string
  onChange: (next: ReportSearch) => void
}

export function FilterPicker({ search, label, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <SentenceControl label={label} name={t('sentence.filterName')} width={340}>
      {() => <Panel search={search} onChange={onChange} />}
    </SentenceControl>
  )
}

function Panel({ search, onChange }: Omit<Props, 'label'>) {
  const { t } = useTranslation()
  const [name, setName] = useState<FilterName>('source')
  return (
    <>
      <NativeSelect
        label={t('filter.by')}
        value={name}
        onChange={(event) => setName(FILTERS.find((f) => f === event.currentTarget.value) ?? 'source')}
        data={FILTERS.map((value) => ({ value, label: t(`filter.name.${value}`) }))}
      />
      <Values key={name} name={name} search={search} onChange={onChange} />
    </>
  )
}

interface Choice {
  value: string
  count: number | null
}

function useChoices(search: ReportSearch, name: FilterName) {
  const query = useQuery(filterValuesOptions(search, name))
  const found: Choice[] = (query.data ?? []).map((group) => ({
    value: group.value ?? '',
    count: group.summary?.entered ?? null,
  }))
  const kept = (search[name] ?? [])
    .filter((value) => !found.some((choice) => choice.value === value))
    .map((value) => ({ value, count: null }))
  return { query, choices: [...kept, ...found] }
}

function Values({ name, search, onChange }: Omit<Props, 'label'> & { name: FilterName }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useFilterText()
  const [typed, setTyped] = useState('')
  const { query, choices } = useChoices(search, name)
  const chosen = search[name] ?? []
  const wanted = typed.trim().toLocaleLowerCase()
  const shown = choices.filter(({ value }) => text({ name, value }).toLocaleLowerCase().includes(wanted))
  const toggle = (value: string) =>
    onChange(
      withFilter(
        search,
        name,
        chosen.includes(value) ? chosen.filter((v) => v !== value) : [...chosen, value],
      ),
    )

  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        const exact = shown.length === 1 ? shown[0]?.value : typed.trim()
        if (exact) toggle(exact)
        setTyped('')
      }}
    >
      <TextInput
        label={t('filter.find')}
        placeholder={t('filter.findExample')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className={css.values}>
        {query.isPending && <Skeleton height={102} />}
        {query.isError && <p className="muted">{t('filter.failed')}</p>}
        {query.isSuccess && shown.length === 0 && (
          <p className="muted">{typed ? t('filter.enter', { value: typed.trim() }) : t('filter.empty')}</p>
        )}
        {shown.map(({ value, count }) => (
          <label key={value} className={css.value}>
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
            <span>{text({ name, value })}</span>
            {count !== null && <span className="caption">{format.number(count)}</span>}
          </label>
        ))}
      </div>
    </form>
  )
}
