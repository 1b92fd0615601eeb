import type { Contact, ContactSource, Journey, Session, Stage, TimelineItem } from '@/api/types'
import { STAGES } from './report.ts'

export function session(over: Partial<Session> = {}): Session {
  return {
    user: { id: 'usr_1', name: 'Maya Olsen', email: 'maya@example.com', role: 'owner' },
    workspace: {
      id: 'wsp_1',
      name: 'Harbour Bikes',
      time_zone: 'Europe/Paris',
      currency: 'EUR',
      lifecycle_enabled: true,
      count_bulk: false,
      forward_only: true,
      default_stages: {},
    },
    workspaces: [{ id: 'wsp_1', name: 'Harbour Bikes' }],
    demo: true,
    version: '0.1.0',
    ...over,
  }
}

export function stageList(): Stage[] {
  const counts = [51, 18, 8, 402, 77, 61, 20]
  return Object.values(STAGES).map((stage, i) => ({
    ...stage,
    erased: false,
    merged: false,
    into: null,
    emoji: ['🌱', '🔥', '💳', '⭐', '🧊', '💸', '🏁'][i] ?? '',
    description: i === 0 ? 'Wrote to us for the first time.' : '',
    role: null,
    contacts: counts[i] ?? 0,
  }))
}

const NO_SOURCE: ContactSource = {
  source: null,
  sub_source: null,
  medium: null,
  campaign: null,
  ad_group: null,
  ad: null,
  keyword: null,
  landing_page: null,
}

export function contacts(): Contact[] {
  const names = ['Ada Moreau', 'Jonas Weber', 'Priya Nair', 'Tomás Silva', 'Léa Fontaine', 'Sven Dahl']
  const at = Object.values(STAGES)
  return names.map((name, i) => ({
    id: `con_${i + 1}`,
    external_id: `crm-${1000 + i}`,
    email: `${name.split(' ')[0]?.toLowerCase() ?? 'x'}@example.com`,
    phone: i % 2 ? null : `+33 6 12 34 56 7${i}`,
    name,
    owner: i % 3 ? 'Maya Olsen' : null,
    created_by: i % 2 ? 'import' : 'form',
    created_at: `2026-11-${String(10 + i)}T09:30:00.000Z`,
    source: { ...NO_SOURCE, source: 'Paid ads', sub_source: 'Meta', campaign: 'Spring sale' },
    properties: { plan: 'Pro', city: 'Lyon' },
    stage: at[i % at.length] ?? null,
    stage_since: `2026-11-${String(10 + i)}T09:30:00.000Z`,
    value: null,
  }))
}

export function journeys(): Journey[] {
  return [
    {
      n: 1,
      entered_at: '2026-09-02T08:00:00.000Z',
      ended_at: '2026-09-05T10:00:00.000Z',
      outcome: 'lost',
      furthest: 2,
      origin: 'hot_lead',
      lost_stage: 'no_budget',
      duration_seconds: 266_400,
      reached: ['new_lead', 'hot_lead'],
      visited: ['new_lead', 'hot_lead'],
      times: { new_lead: 86_400, hot_lead: 180_000 },
      visits: [
        {
          stage: 'new_lead',
          entered_at: '2026-09-02T08:00:00.000Z',
          left_at: '2026-09-03T08:00:00.000Z',
          seconds: 86_400,
        },
        {
          stage: 'hot_lead',
          entered_at: '2026-09-03T08:00:00.000Z',
          left_at: '2026-09-05T10:00:00.000Z',
          seconds: 180_000,
        },
      ],
    },
    {
      n: 2,
      entered_at: '2026-11-12T08:00:00.000Z',
      ended_at: null,
      outcome: 'open',
      furthest: 3,
      origin: null,
      lost_stage: null,
      duration_seconds: null,
      reached: ['new_lead', 'hot_lead', 'payment'],
      visited: ['new_lead', 'payment'],
      times: { new_lead: 187_200 },
      visits: [
        {
          stage: 'new_lead',
          entered_at: '2026-11-12T08:00:00.000Z',
          left_at: '2026-11-14T12:00:00.000Z',
          seconds: 187_200,
        },
        { stage: 'payment', entered_at: '2026-11-14T12:00:00.000Z', left_at: null, seconds: null },
      ],
    },
  ]
}

export function timeline(): TimelineItem[] {
  const items: (Pick<TimelineItem, 'seq' | 'kind' | 'at' | 'actor'> & Partial<TimelineItem>)[] = [
    {
      seq: 9,
      kind: 'change',
      at: '2026-11-14T12:00:00.000Z',
      from: STAGES.new,
      to: STAGES.payment,
      actor: { kind: 'user', id: null, name: 'Maya Olsen' },
      recorded: true,
    },
    {
      seq: 8,
      kind: 'edited',
      at: '2026-11-13T12:00:00.000Z',
      actor: { kind: 'api', id: null, name: null },
      fields: ['owner', 'phone'],
    },
    {
      seq: 7,
      kind: 'change',
      at: '2026-11-12T08:00:00.000Z',
      from: STAGES.budget,
      to: STAGES.new,
      actor: { kind: 'form', id: null, name: null },
      recorded: true,
    },
    {
      seq: 5,
      kind: 'change',
      at: '2026-09-05T10:00:00.000Z',
      from: STAGES.hot,
      to: STAGES.budget,
      actor: { kind: 'api', id: null, name: null },
      recorded: true,
      note: 'Budget frozen until spring',
    },
    {
      seq: 1,
      kind: 'created',
      at: '2026-09-02T08:00:00.000Z',
      actor: { kind: 'import', id: null, name: null },
    },
  ]
  const none = {
    from: null,
    to: null,
    recorded: null,
    note: null,
    touch: null,
    contact: null,
    import: null,
    event: null,
    revenue: null,
    pages: null,
    visitor: null,
  }
  return items.map((item) => ({ ...none, fields: [], ...item, arrived_at: item.at }))
}

export function contact(over: Partial<Contact> = {}): Contact {
  const [first] = contacts()
  if (!first) throw new Error('there are no contacts to copy')
  return { ...first, ...over }
}
