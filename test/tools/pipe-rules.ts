// Rules for tests that ask what becomes of findings, not why they are there: one on pipes, and a correlation of two of its matches.
export const pipeRules = `title: a pipe was made
id: 11111111-1111-4111-8111-111111111111
name: pipe
level: low
logsource: { product: windows, category: pipe_created }
detection: { s: { PipeName: '\\made' }, condition: s }
---
title: two of them
id: 22222222-2222-4222-8222-222222222222
level: high
correlation:
  type: event_count
  generate: true
  rules: [pipe]
  group-by: [Computer]
  timespan: 1h
  condition: { gte: 2 }
`
