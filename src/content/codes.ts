// Codes of messages about rule files as files, and about rules that no executor can run.

export const contentCodes = {
  C001: {
    title: 'no rules at this path',
    example: 'ipcwatch scan logs/ --rules no-such-folder/',
  },
  C002: {
    title: 'a rule file that cannot be read',
    example:
      'a rule file without read permission, of over 4 MiB, or that is a named pipe',
  },
  C003: {
    title: 'a table that cannot be read, or not whole',
    example:
      'a transforms.conf beside the rules whose filename is of no file there',
  },
  C004: {
    title: 'a suppression that says what it cannot',
    example: '- rule: a1a1833d\n  reason: deployed by this program',
  },
  C005: {
    title: 'a suppression that is over',
    example:
      '- rule: a1a1833d\n  until: 2020-01-31\n  owner: it@corp.example\n  reason: deployed by this program',
  },
  C006: {
    title: 'a suppression of a rule that there is not',
    example:
      '- rule: no such rule\n  until: 2030-01-31\n  owner: it@corp.example\n  reason: deployed by this program',
  },
  C007: {
    title: 'a suppression that asks a field that there is not',
    example:
      '- rule: a1a1833d\n  when: { Imag|endswith: /deploy }\n  until: 2030-01-31\n  owner: it@corp.example\n  reason: deployed by this program',
  },
  X001: {
    title: 'a rule that no executor can run',
    example:
      'detection:\n  selection:\n    CommandLine|re: (?<=a)(b+)+c   # a look-behind beside a pattern that can blow up',
  },
  X002: {
    title: 'a search that cannot be a rule of a scan',
    example:
      'a rule.spl whose search holds another search in brackets, joins one, or begins with inputlookup',
  },
  X003: {
    title: 'a search that could not be run to its end',
    example:
      'a rule.spl that looks up a table, or places (iplocation), which do not lie beside the rules; one that would hold too much',
  },
} as const
