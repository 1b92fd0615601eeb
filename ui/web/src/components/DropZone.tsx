import { useRef, useState } from 'react'
import { Icon } from '@/components/Icon'
import css from './DropZone.module.css'

interface Props {
  label: string
  hint: string
  accept: string
  onFile: (file: File) => void
}

/** Takes a file: dropped, or chosen by a click. */
export function DropZone({ label, hint, accept, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (file: File | undefined) => {
    if (file) onFile(file)
  }
  return (
    <>
      <button
        type="button"
        className={css.drop}
        data-over={over || undefined}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files[0])
        }}
      >
        <Icon name="file" size={28} />
        <b>{label}</b>
        <span className="caption">{hint}</span>
      </button>
      <input
        ref={input}
        type="file"
        accept={accept}
        className="sr-only"
        tabIndex={-1}
        aria-label={label}
        onChange={(event) => {
          take(event.currentTarget.files?.[0])
          // The same file again is a choice too: it may have been mended.
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}
