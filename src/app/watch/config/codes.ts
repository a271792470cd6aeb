// Codes of messages about a configuration.

export const configCodes = {
  W001: {
    title: 'a configuration that is no YAML',
    example: 'paths: "no end',
  },
  W002: {
    title: 'a configuration that says something it cannot',
    example: 'lateness: soon',
  },
  W003: {
    title: 'a schedule that is no YAML',
    example: 'windows: [',
  },
  W004: {
    title: 'a schedule that says something it cannot',
    example: 'windows:\n  - name: patch night\n    when: Tue#6 22:00-04:00',
  },
} as const
