import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useProblem } from '@/components/useProblem'
import type { AddableKind } from './model'
import { ADDABLE, isAddable, ROLES } from './model'
import css from './Stages.module.css'
import type { StageWords } from './versions'

interface Props {
  words: StageWords
  onChange: (next: StageWords) => void
  error: Error | null
  isNew?: boolean
}

export function StageFields({ words, onChange, error, isNew }: Props) {
  const { t } = useTranslation()
  const problem = useProblem()
  const field = (of: string) => problem.field(error, of)
  return (
    <>
      <div className={css.names}>
        <TextInput
          label={t('stages.emoji')}
          value={words.emoji}
          maxLength={8}
          error={field('emoji')}
          onChange={(event) => onChange({ ...words, emoji: event.currentTarget.value })}
        />
        <TextInput
          label={t('stages.name')}
          required
          withAsterisk={false}
          data-autofocus
          maxLength={100}
          value={words.name}
          error={field('name')}
          onChange={(event) => onChange({ ...words, name: event.currentTarget.value })}
        />
      </div>
      <Textarea
        label={t('stages.description')}
        description={t('stages.descriptionHint')}
        rows={3}
        maxLength={2000}
        value={words.description}
        error={field('description')}
        onChange={(event) => onChange({ ...words, description: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('stages.roleName')}
        description={t('stages.roleHint')}
        value={words.role}
        error={field('role')}
        onChange={(event) => onChange({ ...words, role: event.currentTarget.value })}
        data={[
          { value: '', label: t('stages.noRole') },
          ...ROLES.map((role) => ({ value: role, label: t(`stages.role.${role}`) })),
        ]}
      />
      {!isNew && isAddable(words.kind) && (
        <KindField words={words} onChange={onChange} error={field('kind')} />
      )}
      {words.kind === 'won' && <p className="caption">{t('stages.wonFixed')}</p>}
    </>
  )
}

function KindField({ words, onChange, error }: Pick<Props, 'words' | 'onChange'> & { error?: string }) {
  const { t } = useTranslation()
  return (
    <NativeSelect
      label={t('stages.kindName')}
      description={isAddable(words.kind) ? t(`stages.kindText.${words.kind}`) : undefined}
      value={words.kind}
      error={error}
      onChange={(event) => onChange({ ...words, kind: event.currentTarget.value as AddableKind })}
      data={ADDABLE.map((kind) => ({ value: kind, label: t(`stages.kind.${kind}`) }))}
    />
  )
}
