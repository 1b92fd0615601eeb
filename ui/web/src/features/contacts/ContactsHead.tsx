import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '@/components/Icon'
import { SEARCH_ID } from '@/features/shell/useShortcuts'
import type { ContactSearch } from '@/features/views/search'
import css from './Contacts.module.css'

/** The table's address is the beginning of the board's. */
const HERE = { exact: true, includeSearch: false }

interface Props {
  search: ContactSearch
  onSearch: (q: string | undefined) => void
}

/** The same contacts in rows or by stage: the choice stays when the page changes. */
export function ContactsHead({ search, onSearch }: Props) {
  const { t } = useTranslation()
  const { sort: _, ...same } = search
  return (
    <header className="page-head">
      <div className="row" style={{ gap: 16 }}>
        <h1>{t('nav.contacts')}</h1>
        <nav className={css.pages} aria-label={t('contacts.shownAs')}>
          <Link to="/contacts" search={same} activeOptions={HERE}>
            {t('contacts.asTable')}
          </Link>
          <Link to="/contacts/board" search={same} activeOptions={HERE}>
            {t('contacts.asBoard')}
          </Link>
        </nav>
      </div>
      <SearchBox initial={search.q ?? ''} onSearch={onSearch} />
    </header>
  )
}

function SearchBox({ initial, onSearch }: { initial: string; onSearch: Props['onSearch'] }) {
  const { t } = useTranslation()
  const [text, setText] = useState(initial)
  const apply = useDebouncedCallback((q: string) => onSearch(q || undefined), 250)
  return (
    <TextInput
      id={SEARCH_ID}
      type="search"
      w={{ base: '100%', xs: 320 }}
      aria-label={t('contacts.search')}
      placeholder={t('contacts.search')}
      leftSection={<Icon name="search" size={16} />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        apply(event.currentTarget.value.trim())
      }}
    />
  )
}
