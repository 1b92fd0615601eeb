import type { ReactNode } from 'react'
import { createContext, use, useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './Icon'
import css from './Toasts.module.css'

interface Toast {
  id: number
  text: string
  undo?: () => void
}
type Show = (text: string, undo?: () => void) => void

const LIFE_MS = 8_000
const ToastContext = createContext<Show>(() => undefined)

/** Says that a change was made, with its undo where there is one. */
export function useToast(): Show {
  return use(ToastContext)
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const [toasts, setToasts] = useState<Toast[]>([])
  const count = useRef(0)
  const hide = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), [])
  const show = useCallback<Show>(
    (text, undo) => {
      const id = ++count.current
      setToasts((all) => [...all.slice(-2), { id, text, undo }])
      setTimeout(() => hide(id), LIFE_MS)
    },
    [hide],
  )
  const value = useMemo(() => show, [show])
  return (
    <ToastContext value={value}>
      {children}
      <div className={css.toasts} role="status" aria-live="polite" data-print="hide">
        {toasts.map((toast) => (
          <div key={toast.id} className={css.toast}>
            <span>{toast.text}</span>
            {toast.undo && (
              <button
                type="button"
                className={css.undo}
                onClick={() => {
                  toast.undo?.()
                  hide(toast.id)
                }}
              >
                {t('toast.undo')}
              </button>
            )}
            <button
              type="button"
              className={css.close}
              aria-label={t('toast.close')}
              onClick={() => hide(toast.id)}
            >
              <Icon name="close" size={16} />
            </button>
          </div>
        ))}
      </div>
    </ToastContext>
  )
}
