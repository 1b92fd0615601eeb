import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use as register } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

/** The parts of the chart library that the page uses, and no others. Loaded when a chart comes near. */
register([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer])

export { init }
