import type { CSSVariablesResolver, MantineColorsTuple, VariantColorsResolver } from '@mantine/core'
import { createTheme, defaultVariantColorsResolver } from '@mantine/core'

const teal: MantineColorsTuple = [
  '#e6f4f2',
  '#cfe8e4',
  '#a3d3cc',
  '#74bdb3',
  '#4aa89d',
  '#2a9085',
  '#147a72',
  '#0b625e',
  '#084c49',
  '#063936',
]

/** Words on the accent and in the accent keep their contrast in the dark too. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input)
  if (input.variant === 'filled') {
    return {
      ...colors,
      background: 'var(--accent)',
      hover: 'var(--accent-strong)',
      color: 'var(--on-accent)',
      hoverColor: 'var(--on-accent)',
    }
  }
  if (input.variant === 'subtle' && input.color !== 'gray') return { ...colors, color: 'var(--accent)' }
  if (input.variant === 'subtle') return { ...colors, color: 'var(--ink-2)', hover: 'var(--sunken)' }
  return colors
}

/** Mantine wears the tokens of `styles/tokens.css`; nothing here repeats a colour that is there. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 4 },
  variantColorResolver,
  colors: { teal },
  components: {
    // A menu owns its items alone: the first of them has the focus, not an empty box before them.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    // Who scrolls to the end of a panel that is taller than a phone keeps it, and keeps the focus in it.
    Popover: { defaultProps: { hideDetached: false } },
  },
  fontFamily: 'var(--font)',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  defaultRadius: '6px',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
})

export const variables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--paper)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-default-hover': 'var(--sunken)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-2)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-strong)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--mantine-color-teal-filled': 'var(--accent)',
    '--mantine-color-teal-filled-hover': 'var(--accent-strong)',
    '--menu-item-hover': 'var(--sunken)',
  }
  // Fields and menus take these in the dark, where Mantine has greys of its own.
  const dark = {
    ...shared,
    '--mantine-color-dark-4': 'var(--line-strong)',
    '--mantine-color-dark-5': 'var(--sunken)',
    '--mantine-color-dark-6': 'var(--surface)',
  }
  return { variables: {}, light: shared, dark }
}
