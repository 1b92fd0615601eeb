'use strict'

// Writes out /openapi.json. Text is always set as text, never as markup.
const node = (tag, props = {}, ...children) => {
  const out = Object.assign(document.createElement(tag), props)
  out.append(...children.filter((child) => child !== null))
  return out
}

function main(description) {
  document.getElementById('about').textContent = description.info.description.replaceAll('`', '')
  const tags = new Map()
  for (const [path, item] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      const tag = operation.tags?.[0] ?? 'Other'
      if (!tags.has(tag)) tags.set(tag, [])
      tags.get(tag).push({ path, method: method.toUpperCase(), operation })
    }
  }
  for (const [tag, operations] of tags) {
    document.getElementById('nav').append(node('h2', { textContent: tag }), ...operations.map(link))
    document.getElementById('main').append(node('h2', { textContent: tag }), ...operations.map((o) => section(o, description)))
  }
  document.getElementById('find').addEventListener('input', (event) => filter(event.target.value.toLowerCase()))
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView()
}

const link = ({ method, path, operation }) =>
  node('a', { href: `#${operation.operationId}`, textContent: `${method} ${path}` })

function section({ method, path, operation }, description) {
  const code = node('code', {}, node('span', { className: 'method', textContent: method }), ` ${path}`)
  const out = node('section', { id: operation.operationId }, node('h3', { textContent: operation.summary }), code)
  const scope = operation.security?.[0]?.key?.[0]
  out.append(node('p', { className: 'soft', textContent: scope ? `Needs the scope ${scope}.` : 'Open to everybody.' }))
  if (operation.description) out.append(node('p', { textContent: operation.description.replaceAll('`', '') }))
  const parameters = (operation.parameters ?? []).map((p) => row(`${p.name} (${p.in})`, p.schema ?? {}, p.required, p.description))
  if (parameters.length > 0) out.append(table('Parameter', parameters))
  for (const [type, content] of Object.entries(operation.requestBody?.content ?? {})) {
    out.append(node('p', { className: 'soft', textContent: `Body: ${type}` }), shape(content.schema, description, 3))
  }
  for (const [status, response] of Object.entries(operation.responses ?? {})) {
    for (const [type, content] of Object.entries(response.content ?? {})) {
      if (status !== 'default') out.append(answer(`${status}: ${type}`, content.schema, description))
    }
  }
  return out
}

const answer = (title, schema, description) =>
  node('details', {}, node('summary', { textContent: `Answer ${title}` }), shape(schema, description, 4))

const resolve = (schema, description) =>
  schema?.$ref ? (description.components.schemas[schema.$ref.split('/').pop()] ?? {}) : (schema ?? {})

/** The fields of a schema as a table; below a few levels only the type's name. */
function shape(schema, description, levels) {
  const own = resolve(schema, description)
  if (own.anyOf) return shape(own.anyOf[0], description, levels)
  if (own.items) return node('div', {}, node('p', { className: 'soft', textContent: 'a list of' }), shape(own.items, description, levels))
  if (!own.properties || levels === 0) return node('p', {}, node('code', { textContent: typeName(schema ?? {}) }))
  const rows = []
  for (const [name, property] of Object.entries(own.properties)) {
    if (name === '$schema') continue
    rows.push(row(name, property, (own.required ?? []).includes(name), property.description))
    const inner = resolve(property.items ?? property.anyOf?.[0] ?? property, description)
    if (inner.properties && levels > 1) {
      const cell = node('td', { colSpan: 3 }, node('details', {}, node('summary', { className: 'soft', textContent: `fields of ${name}` }), shape(inner, description, levels - 1)))
      rows.push(node('tr', {}, cell))
    }
  }
  return table('Field', rows)
}

const table = (head, rows) =>
  node('table', {},
    node('thead', {}, node('tr', {}, ...[head, 'Type', 'Meaning'].map((textContent) => node('th', { textContent, scope: 'col' })))),
    node('tbody', {}, ...rows))

function row(name, schema, required, text) {
  const label = node('td', {}, node('code', { textContent: name }), required ? node('span', { className: 'need', textContent: ' required' }) : null)
  const values = schema.enum ? `one of ${schema.enum.join(', ')}. ` : ''
  return node('tr', {}, label, node('td', {}, node('code', { textContent: typeName(schema) })), node('td', { textContent: values + (text ?? '') }))
}

function typeName(schema) {
  if (schema.$ref) return schema.$ref.split('/').pop()
  if (schema.anyOf) return schema.anyOf.map(typeName).join(' or ')
  if (schema.items) return `list of ${typeName(schema.items)}`
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'any')
  return schema.format ? `${type} (${schema.format})` : type
}

function filter(text) {
  for (const section of document.querySelectorAll('main section')) section.hidden = !section.textContent.toLowerCase().includes(text)
  for (const a of document.querySelectorAll('nav a')) a.hidden = document.getElementById(a.hash.slice(1)).hidden
}

fetch('/openapi.json').then((response) => response.json()).then(main, () => {
  document.getElementById('about').textContent = 'The description could not be loaded. Reload the page to try again.'
})
