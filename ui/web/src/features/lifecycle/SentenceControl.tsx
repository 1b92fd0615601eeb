import { Popover } from '@mantine/core'
import type { ReactNode } from 'react'
import { useState } from 'react'
import css from './RangeSentence.module.css'

interface Props {
  label: string
  /** What the control changes, for those who do not see the sentence around it. */
  name: string
  width: number
  children: (close: () => void) => ReactNode
}

/** Words of the sentence that open a small panel. Esc closes it and the focus returns to the words. */
export function SentenceControl({ label, name, width, children }: Props) {
  const [opened, setOpened] = useState(false)
  const close = () => setOpened(false)
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={`min(${width}px, calc(100vw - 24px))`}
      position="bottom-start"
      offset={6}
      trapFocus
      returnFocus
      shadow="none"
      transitionProps={{ duration: 100 }}
    >
      <Popover.Target>
        <button
          type="button"
          className={css.control}
          aria-label={`${name}: ${label}`}
          onClick={() => setOpened(!opened)}
        >
          {label}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={css.dropdown} aria-label={name}>
        {children(close)}
      </Popover.Dropdown>
    </Popover>
  )
}

/** One choice among few; the chosen one is pressed. */
export function Option(props: { pressed: boolean; onPick: () => void; children: ReactNode }) {
  return (
    <button type="button" className={css.option} aria-pressed={props.pressed} onClick={props.onPick}>
      {props.children}
    </button>
  )
}
