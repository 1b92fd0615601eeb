import { Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Key, KeyScope } from '@/api/access'
import { editKey, keysKey, makeKey } from '@/api/access'
import { isApiError } from '@/api/problem'
import type { FieldError } from '@/api/types'
import { Secret } from '@/components/Secret'
import { useChange } from '@/components/useChange'
import { useProblem } from '@/components/useProblem'
import { KeepDialog, Once } from '@/features/keep/KeepDialog'
import { Choose } from './Choose'
import { asScope, origins, SCOPES } from './model'

/** Makes a key, or changes the name and the sites of one that is there. */
export function KeyDialog({ kept, onClose }: { kept?: Key; onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState(kept?.name ?? '')
  const [scope, setScope] = useState<KeyScope>(kept ? asScope(kept.scope) : 'read')
  const [sites, setSites] = useState((kept?.origins ?? []).join('\n'))
  const make = useChange(makeKey, t('tracking.keyMade'), [keysKey])
  const edit = useChange(editKey, t('tracking.saved'), [keysKey], onClose)
  const save = kept ? edit : make
  const problem = useProblem()
  const site = siteFault(save.error)
  const more = scope === 'collect' ? { origins: origins(sites) } : {}
  if (make.data) {
    return (
      <Once label={t('tracking.keyMade')} onClose={onClose}>
        <p>{t(scope === 'collect' ? 'tracking.copyNow' : 'keys.once')}</p>
        <Secret text={make.data.secret} />
      </Once>
    )
  }
  return (
    <KeepDialog
      title={kept ? kept.name : t('keys.add')}
      text={t(kept ? 'keys.editText' : 'keys.addText')}
      submit={t(kept ? 'tracking.save' : 'keys.addDo')}
      pending={save.isPending}
      problem={save.fault('name') || site ? null : save.problem}
      onSubmit={() =>
        kept ? edit.mutate({ id: kept.id, name, ...more }) : make.mutate({ name, scope, ...more })
      }
      onClose={onClose}
    >
      <TextInput
        label={t('keep.name')}
        description={t('keys.nameHint')}
        data-autofocus
        autoComplete="off"
        maxLength={200}
        value={name}
        error={save.fault('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {!kept && (
        <Choose
          label={t('keys.may')}
          values={SCOPES}
          value={scope}
          name={(one) => t(`keys.scopes.${one}`)}
          about={(one) => t(`keys.scopeAbout.${one}`)}
          onChange={setScope}
        />
      )}
      {scope === 'collect' && (
        <Textarea
          label={t('keys.sitesLabel')}
          description={t('keys.sitesHint')}
          placeholder="https://example.com"
          autosize
          minRows={2}
          value={sites}
          error={site && problem.wrong(site)}
          onChange={(event) => setSites(event.currentTarget.value)}
        />
      )}
    </KeepDialog>
  )
}

/** What is wrong with one of the sites. */
function siteFault(error: unknown): FieldError | undefined {
  if (!isApiError(error)) return undefined
  return error.fields.find((field) => field.location.startsWith('body.origins'))
}
