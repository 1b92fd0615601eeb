import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tracking } from '@/api/tracking'
import { setTracking } from '@/api/tracking'
import { Section } from '@/components/states'
import { lines, retentionDays } from './model'
import css from './Tracking.module.css'
import { useSave } from './useSave'

/** What is the site itself, who are its own people, and what is asked and kept. */
export function OwnTraffic({ tracking }: { tracking: Tracking }) {
  const { t } = useTranslation()
  const [domains, setDomains] = useState((tracking.domains ?? []).join('\n'))
  const [ignore, setIgnore] = useState((tracking.ignore ?? []).join('\n'))
  const [consent, setConsent] = useState(tracking.consent)
  const [kept, setKept] = useState(tracking.retention_days ?? null)
  const save = useSave(setTracking, t('tracking.saved'))
  return (
    <Section id="own" title={t('tracking.own')} text={t('tracking.ownText')}>
      <form
        className={`stack ${css.wide}`}
        onSubmit={(event) => {
          event.preventDefault()
          const next = { domains: lines(domains), ignore: lines(ignore), consent, retention_days: kept }
          save.mutate({ ...tracking, ...next })
        }}
      >
        <Textarea
          label={t('tracking.domains')}
          description={t('tracking.domainsHint')}
          autosize
          minRows={2}
          value={domains}
          onChange={(event) => setDomains(event.currentTarget.value)}
        />
        <Textarea
          label={t('tracking.ignore')}
          description={t('tracking.ignoreHint')}
          autosize
          minRows={2}
          value={ignore}
          onChange={(event) => setIgnore(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('tracking.consent')}
          data={(['implied', 'required'] as const).map((value) => ({
            value,
            label: t(`tracking.consents.${value}`),
          }))}
          value={consent}
          onChange={(event) => setConsent(event.currentTarget.value === 'required' ? 'required' : 'implied')}
        />
        <NativeSelect
          label={t('tracking.retention')}
          description={t('tracking.retentionHint')}
          data={[
            { value: '', label: t('tracking.retentionNone') },
            ...retentionDays(tracking.retention_days ?? null).map((days) => ({
              value: String(days),
              label: t('tracking.retentionDays', { count: days }),
            })),
          ]}
          value={kept === null ? '' : String(kept)}
          onChange={(event) =>
            setKept(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))
          }
        />
        {save.problem && (
          <p role="alert" className={css.problem}>
            {save.problem}
          </p>
        )}
        <div>
          <Button type="submit" loading={save.isPending}>
            {t('tracking.save')}
          </Button>
        </div>
      </form>
    </Section>
  )
}
