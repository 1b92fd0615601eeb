import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Member } from '@/api/access'
import { membersOptions } from '@/api/access'
import { sessionOptions } from '@/api/session'
import type { Column } from '@/components/DataTable'
import { toolClass } from '@/components/states'
import { Change, Tool } from '@/features/keep/Actions'
import { Part } from '@/features/keep/Part'
import { useMay } from '@/lib/useMay'
import css from '@/features/keep/Keep.module.css'
import { AddPersonDialog } from './AddPersonDialog'
import { asRole, mayChange } from './model'
import { RemovePersonDialog, RoleDialog } from './PersonDialogs'

/** The people of the workspace and what each may do. */
export function People() {
  const { t } = useTranslation()
  const query = useQuery({ ...membersOptions, select: ({ items }) => ({ items: items ?? [] }) })
  const { data: session } = useQuery(sessionOptions)
  const admin = useMay('admin')
  const me = session?.user
  const all = query.data?.items ?? []
  const columns: Column<Member>[] = [
    {
      id: 'name',
      header: t('field.name'),
      sort: (m) => m.name || m.email,
      wrap: true,
      cell: (m) => <Who member={m} self={m.id === me?.id} />,
    },
    {
      id: 'role',
      header: t('people.role'),
      wrap: true,
      cell: (m) => (
        <>
          {t(`people.roles.${asRole(m.role)}`)}{' '}
          <span className="caption">{t(`people.roleAbout.${asRole(m.role)}`)}</span>
        </>
      ),
    },
  ]
  if (admin) {
    columns.push({
      id: 'do',
      header: t('keep.actions'),
      cell: (m) =>
        mayChange(m, me?.role ?? '', all) ? (
          <PersonTools member={m} mine={me?.role ?? ''} self={m.id === me?.id} />
        ) : (
          <span className="caption">
            {t(me?.role === 'owner' ? 'people.lastOwner' : 'people.ownersOnly')}
          </span>
        ),
    })
  }
  return (
    <Part
      id="people"
      title={t('people.people')}
      text={t(admin ? 'people.text' : 'people.textReading')}
      none=""
      tools={admin && <AddPerson members={all} mine={me?.role ?? ''} />}
      query={query}
      columns={columns}
      rowKey={(m) => m.id}
    />
  )
}

function Who({ member, self }: { member: Member; self: boolean }) {
  const { t } = useTranslation()
  const name = member.name || member.email
  return (
    <>
      {self ? t('people.you', { name }) : name}
      {member.name && <div className="caption">{member.email}</div>}
    </>
  )
}

function AddPerson({ members, mine }: { members: Member[]; mine: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={toolClass} onClick={() => setOpen(true)}>
        {t('people.add')}
      </button>
      {open && <AddPersonDialog members={members} mine={mine} onClose={() => setOpen(false)} />}
    </>
  )
}

function PersonTools({ member, mine, self }: { member: Member; mine: string; self: boolean }) {
  const { t } = useTranslation()
  const [removing, setRemoving] = useState(false)
  const name = member.name || member.email
  return (
    <div className={css.actions}>
      <Change of={name}>{(close) => <RoleDialog member={member} mine={mine} onClose={close} />}</Change>
      <Tool label={t('keep.remove')} of={name} onClick={() => setRemoving(true)} />
      {removing && <RemovePersonDialog member={member} self={self} onClose={() => setRemoving(false)} />}
    </div>
  )
}
