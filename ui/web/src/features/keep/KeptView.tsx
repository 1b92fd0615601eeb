import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Note, SavedReport, Share } from '@/api/keep'
import { notesOptions, savedOptions, sharesOptions } from '@/api/keep'
import { sessionOptions } from '@/api/session'
import type { Column } from '@/components/DataTable'
import { useFormat } from '@/lib/useFormat'
import { useTitle } from '@/lib/useTitle'
import { Change, Remove } from './Actions'
import css from './Keep.module.css'
import { NoteDialog } from './NoteDialog'
import { Open, Part, useMoment } from './Part'
import { SaveDialog } from './SaveDialog'
import { Alerts, Deliveries, Digests } from './Sent'

/** Everything that was kept of reports: saved, shared, sent, watched and noted. */
export default function KeptView() {
  const { t } = useTranslation()
  useTitle(t('keep.all'))
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t('keep.all')}</h1>
          <p className="lede">{t('keep.lede')}</p>
        </div>
      </header>
      <div className={css.sections}>
        <Saved />
        <Shares />
        <Digests />
        <Alerts />
        <Notes />
        <Deliveries />
      </div>
    </div>
  )
}

function Saved() {
  const { t } = useTranslation()
  const moment = useMoment()
  const columns: Column<SavedReport>[] = [
    {
      id: 'name',
      header: t('keep.name'),
      sort: (r) => r.name,
      cell: (r) => <Open name={r.name} query={r.query} />,
    },
    { id: 'description', header: t('keep.description'), wrap: true, cell: (r) => r.description },
    { id: 'owner', header: t('keep.owner'), sort: (r) => r.owner, cell: (r) => r.owner },
    { id: 'visible', header: t('keep.visible'), cell: (r) => t(`keep.visibleTo.${r.visible}`) },
    {
      id: 'created',
      header: t('keep.created'),
      numeric: true,
      sort: (r) => r.created_at,
      cell: (r) => moment(r.created_at),
    },
    { id: 'do', header: t('keep.actions'), cell: (r) => <SavedTools report={r} /> },
  ]
  return (
    <Part
      id="saved"
      title={t('keep.savedTitle')}
      text={t('keep.savedText')}
      none={t('keep.savedNone')}
      query={useQuery(savedOptions)}
      columns={columns}
      rowKey={(r) => r.id}
    />
  )
}

/** Only its owner and administrators may change a report. */
function SavedTools({ report }: { report: SavedReport }) {
  const { data: session } = useQuery(sessionOptions)
  const rules = session?.user.role === 'owner' || session?.user.role === 'admin'
  if (!report.mine && !rules) return null
  return (
    <div className={css.actions}>
      <Change of={report.name}>
        {(close) => <SaveDialog query={report.query} kept={report} onClose={close} />}
      </Change>
      <Remove kind="report" id={report.id} name={report.name} />
    </div>
  )
}

function Shares() {
  const { t } = useTranslation()
  const moment = useMoment()
  const format = useFormat()
  const columns: Column<Share>[] = [
    {
      id: 'name',
      header: t('keep.name'),
      sort: (s) => s.name,
      cell: (s) => <Open name={s.name} query={s.query} />,
    },
    {
      id: 'state',
      header: t('keep.state'),
      sort: (s) => s.state,
      cell: (s) => t(`keep.shareState.${s.state}`),
    },
    {
      id: 'ends',
      header: t('keep.ends'),
      numeric: true,
      cell: (s) => (s.expires_at ? moment(s.expires_at) : t('keep.endsNever')),
    },
    {
      id: 'uses',
      header: t('keep.uses'),
      numeric: true,
      sort: (s) => s.uses,
      cell: (s) => format.number(s.uses),
    },
    { id: 'last', header: t('keep.lastUse'), numeric: true, cell: (s) => moment(s.last_used_at) },
    { id: 'author', header: t('keep.owner'), cell: (s) => s.author },
    {
      id: 'do',
      header: t('keep.actions'),
      cell: (s) => (s.state === 'open' ? <Remove kind="share" id={s.id} name={s.name} /> : null),
    },
  ]
  return (
    <Part
      id="shares"
      title={t('keep.sharesTitle')}
      text={t('keep.sharesText')}
      none={t('keep.sharesNone')}
      query={useQuery(sharesOptions)}
      columns={columns}
      rowKey={(s) => s.id}
    />
  )
}

function Notes() {
  const { t } = useTranslation()
  const format = useFormat()
  const columns: Column<Note>[] = [
    { id: 'day', header: t('keep.day'), sort: (n) => n.day, cell: (n) => format.day(n.day) },
    { id: 'text', header: t('keep.what'), wrap: true, cell: (n) => n.text },
    { id: 'author', header: t('keep.owner'), cell: (n) => n.author },
    { id: 'do', header: t('keep.actions'), cell: (n) => <NoteTools note={n} /> },
  ]
  return (
    <Part
      id="notes"
      title={t('keep.notesTitle')}
      text={t('keep.notesText')}
      none={t('keep.notesNone')}
      query={useQuery(notesOptions)}
      columns={columns}
      rowKey={(n) => n.id}
    />
  )
}

function NoteTools({ note }: { note: Note }) {
  return (
    <div className={css.actions}>
      <Change of={note.text}>{(close) => <NoteDialog today={note.day} kept={note} onClose={close} />}</Change>
      <Remove kind="note" id={note.id} name={note.text} />
    </div>
  )
}
