// Every message that this language gives, by code, with the shortest search that provokes it. `docs/errors.md` and a test
// are made from this table.

export interface CodeEntry {
  readonly title: string
  /** A search (or a whole file, with front matter) that gives the code. */
  readonly example: string
}

export const splCodes = {
  P001: { title: 'unexpected text', example: 'foo | where )' },
  P002: { title: 'a quote is not closed', example: 'process="cmd.exe' },
  P003: {
    title: 'a bracket or parenthesis is not closed',
    example: '(a=1 OR b=2',
  },
  P004: { title: 'unknown command', example: 'a=1 | stat count' },
  P005: { title: 'unknown function', example: '* | eval a=lenght(b)' },
  P006: {
    title: 'wrong number of arguments',
    example: '* | eval a=if(b=1)',
  },
  P007: { title: 'unknown aggregate', example: '* | stats cuont by a' },
  P008: { title: 'unknown option', example: '* | dedup keepevent=t a' },
  P009: { title: 'wrong value of an option', example: '* | head limit=many' },
  P010: { title: 'a needed part is missing', example: '* | stats' },
  P011: {
    title: 'a regular expression cannot be used',
    example: '* | regex a="("',
  },
  P012: {
    title: 'the command is not supported',
    example: '* | map search="x"',
  },
  P013: {
    title: 'the function is not supported',
    example: '* | eval a=random()',
  },
  P014: { title: 'unknown macro', example: '`no_such_macro` a=1' },
  P015: {
    title: 'a macro cannot be expanded',
    example: '`security_content_ctime(a,b)`',
  },
  P016: {
    title: 'a bound on the size of a search',
    example: 'a [search '.repeat(17),
  },
  P017: {
    title: 'text is compared where a number is needed',
    example: 'a<b',
  },
  P018: {
    title: 'unknown data model',
    example: '| tstats count from datamodel=Nowhere',
  },
  P019: {
    title: 'a true-or-false result cannot be a field',
    example: '* | eval a=(b=1)',
  },
  P020: {
    title: 'front matter is missing or wrong',
    example: '---\nlevel: high\n---\na=1',
  },
  P021: { title: 'the search is empty', example: '  ' },
  P022: {
    title: 'the command cannot stand there',
    example: '* | inputlookup a.csv',
  },
  P040: {
    title: 'a Markdown fence was removed',
    example: '``` a=1 ```',
  },
  P041: { title: 'the condition is always true', example: 'a!="x" OR a!="y"' },
  P042: { title: 'the condition is never true', example: 'a="x" a="y"' },
  P043: {
    title: 'no source of events has the field',
    example: 'sourcetype=Sysmon EventCode=7 Imag="*\\\\a.dll"',
  },
  P044: {
    title: 'a bare word is a field, not a text',
    example: '* | stats count by process | where count > threshold',
  },
  P045: {
    title: 'a path is compared with a file name',
    example: '* | where ImageLoaded="evil.dll"',
  },
  P046: {
    title: 'the literal belongs to another operating system',
    example: 'sourcetype=Sysmon EventCode=1 Image="/usr/bin/bash"',
  },
  P047: {
    title: 'unknown source type',
    example: 'sourcetype=Sysmom EventCode=1',
  },
  P048: {
    title: 'has no meaning here and is passed over',
    example: 'index=main a=1',
  },
  P049: {
    title: 'a file name is compared with a path',
    example: 'process_name="C:\\\\Windows\\\\cmd.exe"',
  },
  P050: {
    title: 'the pattern keeps everything',
    example: 'sourcetype=Sysmon EventCode=1 Image="*.exe"',
  },
  P051: {
    title: 'a part of the front matter is odd',
    example: '---\ntitle: t\nid: my-rule\n---\na=1',
  },
  P052: {
    title: 'a point joins two fields',
    example: '* | where process_name=cmd.exe',
  },
  P053: {
    title: 'where takes an asterisk for a letter',
    example: '* | where Image="*cmd.exe"',
  },
  P054: {
    title: 'which rows are kept rests on the order of reading',
    example: '* | head 5',
  },
  P055: {
    title: 'a backslash before punctuation is dropped',
    example: 'Image="*\\.scr"',
  },
  P056: {
    title: 'the data model has no such name',
    example:
      '| tstats count from datamodel=Endpoint.Processes by Processes.proces_name',
  },
  P057: {
    title: 'the name is none of the data model, and is asked of the events',
    example:
      '| tstats count from datamodel=Endpoint.Processes by Processes.session_colour',
  },
  P058: {
    title: 'an operator in small letters is a word to look for',
    example: 'EventCode=1 not Image="*\\\\a.exe"',
  },
  P059: {
    title: 'the name of a pipe without the backslash that it begins with',
    example: 'PipeName="svchost*"',
  },
} as const satisfies Record<string, CodeEntry>

export type SplCode = keyof typeof splCodes
