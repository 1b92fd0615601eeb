import { useTranslation } from 'react-i18next'
import type { StageTemplate } from '@/api/types'
import { Section } from '@/components/states'
import css from './Stages.module.css'
import type { StageActions } from './useStageActions'

const TEMPLATES: StageTemplate[] = ['respond', 'hubspot', 'ruler', 'aarrr']

export function Templates({ actions }: { actions: StageActions }) {
  const { t } = useTranslation()
  return (
    <Section id="templates" title={t('stages.templates')} text={t('stages.templatesText')}>
      <ul className={css.templates}>
        {TEMPLATES.map((name) => (
          <li key={name}>
            <button
              type="button"
              className={css.template}
              disabled={actions.template.isPending}
              onClick={() => actions.template.mutate(name)}
            >
              <b>{t(`stages.template.${name}`)}</b>
              <span className="caption">{t(`stages.templateStages.${name}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}
