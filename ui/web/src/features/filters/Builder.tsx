import { ActionIcon, NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Icon } from '@/components/Icon'
import css from './Filters.module.css'
import type { GroupNode, Node } from './model'
import { newGroup, newTerm, replaced } from './model'
import { Term } from './Term'
import type { Fields } from './useFilterWords'

interface Props {
  root: GroupNode
  fields: Fields
  onChange: (root: GroupNode) => void
}

/** How deep the builder offers groups in groups; the text form goes deeper. */
const DEEP = 3

export function Builder({ root, fields, onChange }: Props) {
  const set = (id: string, next: Node | null) =>
    onChange(id === root.id && next?.kind === 'group' ? next : replaced(root, id, next))
  return <Group group={root} depth={0} fields={fields} set={set} />
}

interface GroupProps {
  group: GroupNode
  depth: number
  fields: Fields
  set: (id: string, next: Node | null) => void
}

function Group({ group, depth, fields, set }: GroupProps) {
  const { t } = useTranslation()
  const add = (item: Node) => set(group.id, { ...group, items: [...group.items, item] })
  return (
    <div
      className={depth > 0 ? css.inner : css.group}
      role="group"
      aria-label={t(`filters.join.${group.join}`)}
    >
      <div className={css.join}>
        <NativeSelect
          aria-label={t('filters.joined')}
          value={`${group.not ? 'not ' : ''}${group.join}`}
          onChange={(event) => {
            const value = event.currentTarget.value
            set(group.id, {
              ...group,
              not: value.startsWith('not '),
              join: value.endsWith('any') ? 'any' : 'all',
            })
          }}
          data={[
            { value: 'all', label: t('filters.join.all') },
            { value: 'any', label: t('filters.join.any') },
            ...(depth > 0
              ? [
                  { value: 'not any', label: t('filters.join.none') },
                  { value: 'not all', label: t('filters.join.notAll') },
                ]
              : []),
          ]}
        />
        {depth > 0 && <Remove onClick={() => set(group.id, null)} label={t('filters.removeGroup')} />}
      </div>
      {group.items.length > 0 && (
        <ul className={css.items}>
          {group.items.map((item) => (
            <li key={item.id}>
              {item.kind === 'group' ? (
                <Group group={item} depth={depth + 1} fields={fields} set={set} />
              ) : (
                <Term term={item} fields={fields} onChange={(next) => set(item.id, next)} />
              )}
            </li>
          ))}
        </ul>
      )}
      <div className="row">
        <button type="button" className={css.add} onClick={() => add(newTerm())}>
          <Icon name="plus" size={16} />
          {t('filters.addTerm')}
        </button>
        {depth < DEEP && (
          <button
            type="button"
            className={css.add}
            onClick={() => add(newGroup(group.join === 'all' ? 'any' : 'all', [newTerm()]))}
          >
            <Icon name="plus" size={16} />
            {t('filters.addGroup')}
          </button>
        )}
      </div>
    </div>
  )
}

export function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" size={36} aria-label={label} onClick={onClick}>
      <Icon name="close" size={16} />
    </ActionIcon>
  )
}
