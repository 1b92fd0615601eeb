import { Menu } from '@mantine/core'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { readPalette } from '@/charts/palette'
import { onGround, savePng, saveSvg } from '@/charts/save'
import { copyTable } from './copyTable'
import { Icon } from './Icon'
import { toolClass } from './states'
import { useToast } from './Toasts'

interface Props {
  title: string
  /** The table as files, by plain links: no pop-up, streamed at any size. */
  csv?: string
  parquet?: string
  /** Where the table stands that can be copied as it is seen. */
  table?: RefObject<HTMLElement | null>
  /** The drawing of a chart. */
  drawing?: () => string | undefined
}

/** What can be taken away from a table or a chart. */
export function ExportMenu({ title, csv, parquet, table, drawing }: Props) {
  const { t } = useTranslation()
  const toast = useToast()
  const copy = () => {
    const found = table?.current?.querySelector('table')
    if (!found) return
    void navigator.clipboard.writeText(copyTable(found)).then(
      () => toast(t('export.copied')),
      () => toast(t('copy.failed')),
    )
  }
  const image = (save: (svg: string, title: string) => unknown) => () => {
    const svg = drawing?.()
    if (svg) void save(onGround(svg, readPalette().paper), title)
  }
  return (
    <Menu position="bottom-end" shadow="none" width={200} returnFocus>
      <Menu.Target>
        <button type="button" className={toolClass} aria-label={t('export.label', { table: title })}>
          <Icon name="download" size={16} />
          {t('export.open')}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {csv && (
          <Menu.Item component="a" href={csv} download>
            {t('export.csv')}
          </Menu.Item>
        )}
        {parquet && (
          <Menu.Item component="a" href={parquet} download>
            {t('export.parquet')}
          </Menu.Item>
        )}
        {drawing && (
          <>
            <Menu.Item onClick={image(savePng)}>{t('export.png')}</Menu.Item>
            <Menu.Item onClick={image(saveSvg)}>{t('export.svg')}</Menu.Item>
          </>
        )}
        {table && <Menu.Item onClick={copy}>{t('export.copy')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  )
}
