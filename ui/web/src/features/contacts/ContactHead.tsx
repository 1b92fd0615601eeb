import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SeenContact } from '@/api/contacts'
import { Copyable } from '@/components/Copyable'
import { StageTag } from '@/components/StageTag'
import { Section } from '@/components/states'
import { money } from '@/lib/money'
import { useCalled } from '@/lib/useCalled'
import { useFormat } from '@/lib/useFormat'
import css from './Contact.module.css'
import { EditDialog } from './EditDialog'
import { EraseDialog } from './EraseDialog'
import { MergeDialog } from './MergeDialog'
import { propertyFacts, sourceFacts } from './model'
import { MoreMenu } from './MoreMenu'
import { StageDialog } from './StageDialog'
import { useContactActions } from './useContactActions'

interface Props {
  seen: SeenContact
  zone: string
  currency: string
}

type Open = 'stage' | 'edit' | 'merge' | 'erase' | null

/** Who it is, where they are, what is known, and what can be done. */
export function ContactHead({ seen, zone, currency }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const called = useCalled()
  const { contact } = seen
  const actions = useContactActions(contact.id)
  const [open, setOpen] = useState<Open>(null)
  const close = () => {
    setOpen(null)
    actions.edit.reset()
    actions.move.reset()
    actions.merge.reset()
    actions.erase.reset()
  }
  const value = contact.value && { ...contact.value, currency: contact.value.currency ?? currency }
  return (
    <>
      <header className={css.title}>
        <div className="row" style={{ gap: 12 }}>
          <h1>{called(contact)}</h1>
          {contact.stage ? (
            <StageTag stage={contact.stage} />
          ) : (
            <span className="muted">{t('contacts.no.stage')}</span>
          )}
          {contact.stage && contact.stage_since && (
            <span className="caption">
              {t('contact.since', { at: format.moment(contact.stage_since, zone) })}
            </span>
          )}
        </div>
        <div className="row" data-print="hide">
          <Button onClick={() => setOpen('stage')}>{t('contact.setStage')}</Button>
          <Button variant="default" onClick={() => setOpen('edit')}>
            {t('contact.editShort')}
          </Button>
          <MoreMenu
            id={contact.id}
            name={called(contact)}
            onMerge={() => setOpen('merge')}
            onErase={() => setOpen('erase')}
          />
        </div>
      </header>
      <dl className={css.facts}>
        <Fact name={t('field.email')} value={contact.email} copy />
        <Fact name={t('field.phone')} value={contact.phone} copy />
        <Fact name={t('field.external_id')} value={contact.external_id} copy />
        <Fact name={t('field.owner')} value={contact.owner} />
        <Fact name={t('field.value')} value={value && money(value, format.locale)} />
        {sourceFacts(contact).map((fact) => (
          <Fact key={fact.name} name={t(`field.${fact.name}`)} value={fact.value} />
        ))}
        <Fact name={t('contacts.created', { zone })} value={format.moment(contact.created_at, zone)} />
        <Fact name={t('contact.createdBy')} value={useCreatedBy(contact.created_by)} />
        <Fact name={t('contact.id')} value={contact.id} copy />
      </dl>
      <Properties seen={seen} />
      {open === 'stage' && <StageDialog contact={contact} move={actions.move} onClose={close} />}
      {open === 'merge' && (
        <MergeDialog seen={seen} zone={zone} currency={currency} merge={actions.merge} onClose={close} />
      )}
      {open === 'erase' && <EraseDialog seen={seen} erase={actions.erase} onClose={close} />}
      {open === 'edit' && <EditDialog seen={seen} currency={currency} edit={actions.edit} onClose={close} />}
    </>
  )
}

const CREATED_BY = ['import', 'api', 'manual', 'form', 'call', 'chat', 'ad'] as const

function useCreatedBy(value: string): string {
  const { t } = useTranslation()
  const known = CREATED_BY.find((one) => one === value)
  return known ? t(`filter.createdBy.${known}`) : value
}

function Properties({ seen }: { seen: SeenContact }) {
  const { t } = useTranslation()
  const properties = propertyFacts(seen.contact)
  if (properties.length === 0) return null
  return (
    <Section id="properties" title={t('contacts.properties')}>
      <dl className={css.facts}>
        {properties.map((fact) => (
          <Fact key={fact.name} name={fact.name} value={fact.value} />
        ))}
      </dl>
    </Section>
  )
}

function Fact({ name, value, copy }: { name: string; value: string | null | undefined; copy?: boolean }) {
  if (!value) return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>{copy ? <Copyable text={value} /> : value}</dd>
    </div>
  )
}
