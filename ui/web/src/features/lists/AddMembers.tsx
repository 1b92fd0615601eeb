import { Button, Modal, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { editMembers } from '@/api/lists'
import { sawWrite } from '@/api/seen'
import type { ContactList } from '@/api/types'
import { toolClass } from '@/components/states'
import { useToast } from '@/components/Toasts'
import { Icon } from '@/components/Icon'
import { useProblem } from '@/components/useProblem'
import { linesAt, pasted } from './model'

/** Members pasted as lines: e-mail addresses, phone numbers, ids. Lines that name nobody stay, to be corrected. */
export function AddMembers({ list }: { list: ContactList }) {
  const { t } = useTranslation()
  const problem = useProblem()
  const toast = useToast()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const add = useMutation({
    mutationFn: () => editMembers({ id: list.id, csv: pasted(text) }),
    onSuccess: async ({ added, removed, unchanged, rejected, seq }) => {
      sawWrite(client, seq)
      toast(t('bulk.members', { added, removed, unchanged }))
      await client.invalidateQueries({ queryKey: ['lists'] })
      await client.invalidateQueries({ queryKey: ['contacts'] })
      setText(linesAt(text, rejected))
      if (rejected.length === 0) setOpen(false)
    },
  })
  const rejected = add.data?.rejected ?? []
  return (
    <>
      <button type="button" className={toolClass} onClick={() => setOpen(true)}>
        <Icon name="plus" size={16} />
        {t('lists.addMembers')}
      </button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={t('lists.addMembers')}
        transitionProps={{ duration: 100 }}
        closeButtonProps={{ 'aria-label': t('help.close') }}
      >
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            add.mutate()
          }}
        >
          <Textarea
            label={t('lists.who')}
            description={t('lists.whoHint')}
            data-autofocus
            rows={6}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {rejected.length > 0 && <p role="alert">{t('lists.rejected', { count: rejected.length })}</p>}
          {add.isError && <p role="alert">{problem.text(add.error)}</p>}
          <Button type="submit" loading={add.isPending} disabled={pasted(text) === ''}>
            {t('bulk.add')}
          </Button>
        </form>
      </Modal>
    </>
  )
}
