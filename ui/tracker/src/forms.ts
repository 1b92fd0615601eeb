import { on } from './guard.ts'
import { add, flush } from './queue.ts'

const MOST_FIELDS = 50
const MOST_CHARACTERS = 1000

/** Fields whose content never leaves the page, whatever the form: by their type, their name and what they ask for. */
const SECRET = /^(hidden|file|submit|button) |pass|pwd|card|cc-|cvc|cvv|iban|ssn|secret|token/i

/** The one hidden field that is read: the stage that the form asks for, if its settings allow it. */
const STAGE = 'tidemark_stage'

/** Sends what is written into marked forms; with `all`, into every form that asks for an e-mail or a phone. */
export function watchForms(all: boolean): void {
  on('submit', (event) => {
    const form = event.target as HTMLFormElement
    if ('tidemark' in form.dataset || (all && form.querySelector('[type=email],[type=tel]'))) {
      add('form', { form: read(form) })
      // The page may be gone in a moment.
      flush()
    }
  })
}

function read(form: HTMLFormElement): object {
  const fields: Record<string, string> = {}
  let stage: string | undefined
  for (const field of ([...form.elements] as HTMLInputElement[]).slice(0, MOST_FIELDS)) {
    const { name, type, value } = field
    if (name === STAGE) stage = value
    else if (value && name && !secret(field)) {
      // Whatever a field of these types is called, it is known what it holds.
      const known = type === 'email' ? type : type === 'tel' ? 'phone' : name
      fields[fields[known] ? name : known] = value.slice(0, MOST_CHARACTERS)
    }
  }
  // A field may be called id, and would hide the form's own.
  return { id: form.dataset.tidemark || form.getAttribute('id'), fields, stage }
}

const secret = (field: HTMLInputElement): boolean =>
  SECRET.test(`${field.type} ${field.name} ${field.autocomplete}`) ||
  (/box|radio/.test(field.type) && !field.checked) ||
  !!field.closest('[data-tidemark-ignore]')
