// Elastic's common schema without a Windows header: Elastic Endpoint, Auditbeat, Filebeat modules.
import { textOrEmpty } from '../../flat/written-by.ts'
import { asIs, at, type Dialect, provenanceBy } from '../dialect.ts'

export const ecs: Dialect = {
  name: 'ECS JSON',
  carries: 'named',
  recognises: (names) =>
    names.has('@timestamp') &&
    (names.has('ecs.version') ||
      names.has('event.category') ||
      names.has('event.action') ||
      names.has('data_stream.dataset')),
  plan: (names) => {
    const category = at(names.indexOf('event.category'))
    const action = at(names.indexOf('event.action'))
    const type = at(names.indexOf('event.type'))
    return {
      kind: 'mapping',
      columns: asIs(names),
      provenance: provenanceBy(
        'ecs',
        at(
          names.firstOf('event.module', 'event.dataset', 'data_stream.dataset'),
        ),
        at(names.firstOf('data_stream.dataset', 'event.dataset')),
        (v) =>
          [category(v), action(v), type(v)]
            .map(textOrEmpty)
            .join('/')
            .replace(/\/$/, ''),
      ),
    }
  },
}
