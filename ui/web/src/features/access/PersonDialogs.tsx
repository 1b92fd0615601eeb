import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Member } from '@/api/access'
import { editMember, membersKey, removeMember } from '@/api/access'
import { ConfirmDialog } from '@/components/ConfirmDialog'
import { useChange } from '@/components/useChange'
import { KeepDialog } from '@/features/keep/KeepDialog'
import { Choose } from './Choose'
import { asRole, rolesToGive } from './model'

/** What a change of people may show in: the list, and what the own session may do. */
const SHOWN = [membersKey, ['session']]

export function RoleDialog({ member, mine, onClose }: { member: Member; mine: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [role, setRole] = useState(asRole(member.role))
  const name = member.name || member.email
  const save = useChange(editMember, t('people.changed', { name }), SHOWN, onClose)
  return (
    <KeepDialog
      title={name}
      text={t('people.roleText')}
      submit={t('tracking.save')}
      pending={save.isPending}
      problem={save.problem}
      onSubmit={() => save.mutate({ id: member.id, role })}
      onClose={onClose}
    >
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

export function RemovePersonDialog(props: { member: Member; self: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const { member, self, onClose } = props
  const name = member.name || member.email
  const remove = useChange(removeMember, t('people.removed', { name }), SHOWN, onClose)
  return (
    <ConfirmDialog
      title={t('people.removeTitle', { name })}
      text={t(self ? 'people.removeSelf' : 'people.removeText')}
      submit={t('people.removeDo')}
      pending={remove.isPending}
      problem={remove.problem}
      onSubmit={() => remove.mutate(member.id)}
      onClose={onClose}
    />
  )
}
