import { Button, Modal, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SeenContact } from '@/api/contacts'
import { contactOptions, contactsOptions } from '@/api/contacts'
import { isApiError } from '@/api/problem'
import { Icon } from '@/components/Icon'
import { Skeleton } from '@/components/states'
import { StageTag } from '@/components/StageTag'
import { useProblem } from '@/components/useProblem'
import { useCalled } from '@/lib/useCalled'
import { MergeTable } from './MergeTable'
import css from './Contact.module.css'
import type { ContactActions } from './useContactActions'

interface Props {
  seen: SeenContact
  zone: string
  currency: string
  merge: ContactActions['merge']
  onClose: () => void
}

/** Two contacts of one person become one: find the other, see both side by side, say who stays. */
export function MergeDialog({ seen, zone, currency, merge, onClose }: Props) {
  const { t } = useTranslation()
  const [other, setOther] = useState<string>()
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('merge.title')}
      transitionProps={{ duration: 100 }}
      closeButtonProps={{ 'aria-label': t('help.close') }}
    >
      {other === undefined ? (
        <FindOther seen={seen} onFound={setOther} />
      ) : (
        <Compare
          seen={seen}
          other={other}
          zone={zone}
          currency={currency}
          merge={merge}
          onClose={onClose}
          onBack={() => {
            merge.reset()
            setOther(undefined)
          }}
        />
      )}
    </Modal>
  )
}

function FindOther({ seen, onFound }: { seen: SeenContact; onFound: (id: string) => void }) {
  const { t } = useTranslation()
  const problem = useProblem()
  const called = useCalled()
  const [text, setText] = useState(seen.contact.name ?? '')
  const [q] = useDebouncedValue(text.trim(), 250)
  const query = useInfiniteQuery({ ...contactsOptions({ q }), enabled: q !== '' })
  const found = (query.data?.pages[0]?.items ?? []).filter((one) => one.id !== seen.contact.id).slice(0, 20)
  return (
    <div className="stack">
      <p>{t('merge.text')}</p>
      <TextInput
        type="search"
        label={t('merge.find')}
        placeholder={t('contacts.search')}
        leftSection={<Icon name="search" size={16} />}
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {q !== '' && query.isPending && <Skeleton height={120} />}
      {query.isError && <p role="alert">{problem.text(query.error)}</p>}
      {query.isSuccess && found.length === 0 && (
        <p className="muted" role="status">
          {t('merge.nobody', { q })}
        </p>
      )}
      {found.length > 0 && (
        <ul className={css.choices} aria-label={t('merge.found')}>
          {found.map((one) => (
            <li key={one.id}>
              <button type="button" className={css.choice} onClick={() => onFound(one.id)}>
                <span>
                  <b>{called(one)}</b>
                  <span className="caption" style={{ display: 'block' }}>
                    {[one.email, one.phone, one.external_id].filter(Boolean).join(' · ')}
                  </span>
                </span>
                {one.stage && <StageTag stage={one.stage} />}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

interface CompareProps extends Props {
  other: string
  onBack: () => void
}

/** The one kept at the left; who that is can be turned around. */
function Compare({ seen, other, zone, currency, merge, onBack, onClose }: CompareProps) {
  const { t } = useTranslation()
  const problem = useProblem()
  const [turned, setTurned] = useState(false)
  const query = useQuery(contactOptions(other))
  if (query.isPending) return <Skeleton height={260} />
  if (query.isError) return <p role="alert">{problem.text(query.error)}</p>
  const [keep, drop] = turned ? [query.data, seen] : [seen, query.data]
  const met = isApiError(merge.error, 412)
  return (
    <div className="stack">
      <MergeTable keep={keep.contact} drop={drop.contact} zone={zone} currency={currency} />
      <div>
        <Button variant="default" size="xs" onClick={() => setTurned(!turned)}>
          {t('merge.turn')}
        </Button>
      </div>
      <p className={css.danger}>{t('merge.means')}</p>
      {merge.error && <p role="alert">{met ? t('merge.met') : problem.text(merge.error)}</p>}
      <div className="row">
        <Button
          loading={merge.isPending}
          onClick={() =>
            merge.mutate(
              { keep: keep.contact.id, drop: drop.contact.id, tag: keep.tag },
              { onSuccess: onClose },
            )
          }
        >
          {t('merge.do')}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('merge.back')}
        </Button>
      </div>
    </div>
  )
}
