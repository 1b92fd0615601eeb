import type { components } from './schema'

/** Short names for what the interface's description calls things. Rates are fractions, durations seconds. */
type Schemas = components['schemas']

export type Problem = Schemas['Problem']
export type FieldError = Schemas['ProblemDetail']
export type Session = Schemas['SessionAnswer']

export type Stage = Schemas['StageView']
export type StageRef = Schemas['StageRef']
export type StageKind = Stage['kind']
export type StageTemplate = Schemas['ApplyTemplateInputBody']['name']
export type NewStage = Schemas['AddStageInputBody']
export type StagePatch = Schemas['EditStageInputBody']
export type StageOutput = Schemas['StageOutput']
export type StagePreview = Schemas['StagePreview']
export type EditEffect = Schemas['EditEffect']
export type Headline = Schemas['Headline']
export type ConfigurationEdit = Schemas['ConfigurationEdit']
export type Recomputing = Schemas['Recomputing']
export type DeleteMode = 'archive' | 'erase' | 'merge'
export type Settings = Schemas['SettingsAnswer']
export type SettingsPatch = Schemas['EditWorkspaceInputBody']

export type Summary = Schemas['ReportSummary']
export type Spread = Schemas['ReportTimes']
export type StageCount = Schemas['ReportStageCount']
export type ReportStage = Schemas['ReportStage']
export type Flow = Schemas['ReportFlow']
export type LostStage = Schemas['ReportLost']
export type ReportGroup = Schemas['ReportGroup']
export type CurveTest = Schemas['ReportTest']
export type Outlook = Schemas['ReportOutlook']
export type GroupOutlook = Schemas['ReportGroupOutlook']
export type CheckFinding = Schemas['ReportFinding']
/** The report as the page asks for it: always with its summary. */
export type LifecycleReport = Schemas['LifecycleReport'] & { summary: Summary }

export type Contact = Schemas['Contact']
export type ContactFields = Schemas['ContactFields']
export type ContactSource = Schemas['SourceView']
export type NewStageOfContact = Omit<Schemas['SetStageInputBody'], 'actor'>
export type Money = Schemas['Money']
export type Journey = Schemas['Journey']
/** A filter in both forms and in words, or what is wrong with it. */
export type SegmentView = Schemas['SegmentView']
export type SegmentFault = Schemas['Fault']
export type SegmentField = Schemas['SegmentField']
export type SegmentChoice = Schemas['Choice']

export type SavedView = Schemas['SavedViewAnswer']
export type NewView = Schemas['SavedViewInput']
export type ContactList = Schemas['ContactListAnswer']
export type NewList = Schemas['ContactListInput']
export type Membership = Schemas['MembershipItem']
export type Board = Schemas['Board']
export type BoardColumn = Schemas['BoardColumn']
export type BulkFields = Schemas['BulkFields']
export type BulkOutcome = Schemas['BulkOutput']

export type TimelineItem = Schemas['TimelineItem']
export type LoggedChange = Schemas['LoggedChange']

export type ImportJob = Schemas['Import']
export type ImportUndo = Schemas['ImportUndo']
export type ImportMode = ImportJob['mode']
