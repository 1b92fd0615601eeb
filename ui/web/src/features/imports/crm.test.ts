import { expect, it } from 'vitest'
import { stageList } from '@/test/rest'
import { crmOf, landmarkStage, plainHeader } from './crm'
import { sampleOf } from './csv'
import { firstChoices } from './model'

const FILES = {
  hubspot:
    'Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lifecycle Stage,Lead Status,Create Date,Became a Customer Date,Original Source,Original Source Drill-Down 1,Last Activity Date',
  salesforce:
    'Opportunity ID,Opportunity Name,Account Name,Opportunity Owner,Stage,Amount,Lead Source,Primary Campaign Source,Created Date,Close Date,Next Step',
  zoho: 'LEADID,Last Name,Company,Lead Owner,Email,Mobile,Website,Industry,Lead Source,Lead Status,Created Time,CONVERTED',
  pipedrive:
    'Deal - ID,Deal - Title,Deal - Stage,Deal - Status,Deal - Value,Deal - Currency of Value,Deal - Deal created,Deal - Won time,Deal - Lost time,Deal - Lost reason,Person - Name,Person - Email - Work,Person - Phone - Work',
} as const

const meanings = (header: string) =>
  Object.fromEntries(
    firstChoices(sampleOf(`${header}\n`, true), stageList())
      .filter(({ field }) => field !== '')
      .map(({ column, field, atStage, property }) => [
        column,
        field === 'property' ? `property.${property}` : atStage ? `${field}:${atStage}` : field,
      ]),
  )

it.each(Object.entries(FILES))('knows a file of %s', (crm, header) => {
  expect(crmOf(header.split(','))).toBe(crm)
})

it('does not take just any file for one of them', () => {
  expect(crmOf(['Email', 'Name', 'Phone', 'Status'])).toBeNull()
  expect(crmOf(['person', 'x'])).toBeNull()
})

it('reads the same header as the page and as the interface write it', () => {
  expect(plainHeader('LeadSource')).toBe('lead source')
  expect(plainHeader('Person - Email - Work')).toBe('person email work')
  expect(plainHeader(' Original Source Drill-Down 1 ')).toBe('original source drill down 1')
})

it('maps HubSpot contacts, dates of stages by what the stages are for', () => {
  expect(meanings(FILES.hubspot)).toEqual({
    'Record ID': 'external_id',
    'First Name': 'name',
    'Last Name': 'name',
    Email: 'email',
    'Phone Number': 'phone',
    'Contact owner': 'owner',
    'Lead Status': 'property.lead_status',
    'Create Date': 'at:new_lead',
    'Became a Customer Date': 'at:customer',
    'Original Source': 'source',
    'Original Source Drill-Down 1': 'sub_source',
  })
})

it('maps Salesforce opportunities', () => {
  expect(meanings(FILES.salesforce)).toEqual({
    'Opportunity ID': 'external_id',
    'Opportunity Name': 'name',
    'Account Name': 'property.company',
    'Opportunity Owner': 'owner',
    Stage: 'stage',
    Amount: 'value',
    'Lead Source': 'source',
    'Primary Campaign Source': 'campaign',
    'Created Date': 'at',
  })
})

it('maps Zoho leads', () => {
  expect(meanings(FILES.zoho)).toEqual({
    LEADID: 'external_id',
    'Last Name': 'name',
    Company: 'property.company',
    'Lead Owner': 'owner',
    Email: 'email',
    Mobile: 'phone',
    'Lead Source': 'source',
    'Lead Status': 'stage',
    'Created Time': 'at',
  })
})

it('maps Pipedrive deals, whose name is the person', () => {
  expect(meanings(FILES.pipedrive)).toEqual({
    'Deal - ID': 'external_id',
    'Deal - Title': 'property.deal',
    'Deal - Status': 'property.status',
    'Deal - Value': 'value',
    'Deal - Currency of Value': 'currency',
    'Deal - Deal created': 'at:new_lead',
    'Deal - Won time': 'at:customer',
    'Deal - Lost time': 'at:cold_lead',
    'Deal - Lost reason': 'property.lost_reason',
    'Person - Name': 'name',
    'Person - Email - Work': 'email',
    'Person - Phone - Work': 'phone',
  })
})

it('finds a stage by role or key, and none that is out of use', () => {
  const stages = stageList().map((stage) =>
    stage.key === 'hot_lead'
      ? { ...stage, role: 'sql' as const }
      : { ...stage, erased: stage.kind === 'lost' },
  )
  expect(landmarkStage('sql', stages)?.key).toBe('hot_lead')
  expect(landmarkStage('mql', stages)).toBeUndefined()
  expect(landmarkStage('lost', stages)).toBeUndefined()
})
