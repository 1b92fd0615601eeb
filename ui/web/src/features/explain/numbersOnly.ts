import { createContext } from 'react'

/** On a shared page numbers lead nowhere: there are no contacts behind them to see. */
export const NumbersOnly = createContext(false)
