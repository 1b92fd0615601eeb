import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Member, Role } from '@/api/access'
import { addMember, membersKey } from '@/api/access'
import { Secret } from '@/components/Secret'
import { useChange } from '@/components/useChange'
import { KeepDialog, Once } from '@/features/keep/KeepDialog'
import { Choose } from './Choose'
import { firstPassword, rolesToGive } from './model'

interface Props {
  members: Member[]
  mine: string
  onClose: () => void
}

/** Lets a person in. Nothing is sent: what they need to sign in is shown once, to be handed over. */
export function AddPersonDialog({ members, mine, onClose }: Props) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('viewer')
  const [password] = useState(firstPassword)
  const add = useChange(addMember, t('people.added', { name: name || email }), [membersKey])
  const address = email.trim().toLowerCase()
  const here = members.some((member) => member.email === address)
  if (add.data) return <Welcome email={address} password={add.data.fresh ? password : ''} onClose={onClose} />
  return (
    <KeepDialog
      title={t('people.add')}
      text={t('people.addText')}
      submit={t('people.addDo')}
      pending={add.isPending}
      problem={add.fault('name') || add.fault('email') ? null : add.problem}
      onSubmit={() => !here && add.mutate({ name, email: address, role, password })}
      onClose={onClose}
    >
      <TextInput
        label={t('field.name')}
        data-autofocus
        autoComplete="off"
        maxLength={200}
        value={name}
        error={add.fault('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('people.email')}
        type="email"
        autoComplete="off"
        maxLength={320}
        value={email}
        error={here ? t('people.here') : add.fault('email')}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Choose
        label={t('people.role')}
        values={rolesToGive(mine)}
        value={role}
        name={(one) => t(`people.roles.${one}`)}
        about={(one) => t(`people.roleAbout.${one}`)}
        onChange={setRole}
      />
    </KeepDialog>
  )
}

function Welcome({ email, password, onClose }: { email: string; password: string; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Once label={t('people.ready')} onClose={onClose}>
      <p>{t(password ? 'people.handOver' : 'people.known')}</p>
      {password && <Secret text={`${location.origin}/sign-in\n${email}\n${password}`} />}
    </Once>
  )
}
