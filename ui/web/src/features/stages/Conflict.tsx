import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from './Stages.module.css'
import type { StageWords, Word } from './versions'
import { conflicts, differing, mergedWords } from './versions'

interface Props {
  base: StageWords
  mine: StageWords
  theirs: StageWords
  onSettle: (words: StageWords) => void
}

/** Somebody else saved first: both versions side by side, and a choice for each field that differs. */
export function Conflict({ base, mine, theirs, onSettle }: Props) {
  const { t } = useTranslation()
  const merged = mergedWords(base, mine, theirs)
  const [chosen, setChosen] = useState<StageWords>(merged)
  const asked = conflicts(base, mine, theirs)
  const fields = differing(mine, theirs)
  return (
    <div className="stack">
      <p role="alert">
        <b>{t('conflict.title')}</b> {t('conflict.text')}
      </p>
      {fields.map((word) => (
        <Choice
          key={word}
          word={word}
          mine={mine}
          theirs={theirs}
          asked={asked.includes(word)}
          chosen={chosen[word] === mine[word]}
          onChoose={(own) => setChosen({ ...chosen, [word]: own ? mine[word] : theirs[word] })}
        />
      ))}
      {fields.length === 0 && <p>{t('conflict.same')}</p>}
      <div>
        <Button onClick={() => onSettle(chosen)}>{t('conflict.save')}</Button>
      </div>
    </div>
  )
}

interface ChoiceProps {
  word: Word
  mine: StageWords
  theirs: StageWords
  asked: boolean
  chosen: boolean
  onChoose: (mine: boolean) => void
}

function Choice({ word, mine, theirs, asked, chosen, onChoose }: ChoiceProps) {
  const { t } = useTranslation()
  const show = (words: StageWords) => {
    if (word === 'kind') return t(`stages.kind.${words.kind}`)
    return words[word] || t('conflict.empty')
  }
  return (
    <fieldset className={css.choice}>
      <legend>
        {t(`conflict.field.${word}`)}
        {asked && <span className="caption"> {t('conflict.both')}</span>}
      </legend>
      {[true, false].map((own) => (
        <label key={String(own)} className={css.way}>
          <input
            type="radio"
            name={`choice-${word}`}
            checked={chosen === own}
            onChange={() => onChoose(own)}
          />
          <span>
            <span className="caption">{own ? t('conflict.mine') : t('conflict.theirs')}</span>
            <span>{show(own ? mine : theirs)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
