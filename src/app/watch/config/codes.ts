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
} as const
