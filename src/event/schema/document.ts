// What a document holds that acts or reaches outside of it.
import { field, group } from './field.ts'

export const documentFields = group('document item', {
  DocumentFormat: field(
    'text',
    'format of the document, as its content says',
    'docx',
    'document',
  ),
  DocumentName: field(
    'path',
    'what the document is called, without its folder: the evidence says where it lies',
    'terms.docx',
    'document',
  ),
  DocumentPart: field(
    'text',
    'part of the package, or stream of the compound file',
    'word/footnotes.xml',
    'document',
  ),
  DocumentPosition: field(
    'text',
    'where in the part: paragraph and byte, cell, line',
    'paragraph 3, byte 6120',
    'document',
  ),
  ItemKind: field(
    'text',
    'document, field, link, object, relation, formula, connection, macro, action, attachment, encrypted, damage',
    'field',
    'document',
  ),
  ItemText: field(
    'text',
    'the item as a user would read it: put together, what it refers to resolved',
    'DDEAUTO cmd "/k calc"',
    'document',
  ),
  ItemSource: field(
    'text',
    'as it is written, where that differs',
    'DDEAUTO {QUOTE 99 109 100} "/k calc"',
    'document',
  ),
  ItemAround: field(
    'text',
    'text before it, and the result that the document keeps',
    'Please update [!Unexpected end]',
    'document',
  ),
  DdeService: field(
    'text',
    'server of a DDE link: the program that is started where none runs',
    'cmd',
    'document',
  ),
  DdeTopic: field(
    'text',
    'topic of a DDE link: the arguments of that program',
    '/k calc.exe',
    'document',
  ),
  DdeItem: field('text', 'item of a DDE topic', 'A0', 'document'),
  DdeCommand: field(
    'text',
    'the command line that a DDE link would run',
    'cmd /k calc.exe',
    'document',
  ),
  Target: field(
    'path',
    'what an item points at: URL, UNC or other path',
    'https://example.org/t.dotm',
    'document',
  ),
  TargetMode: field(
    'text',
    'whether the target lies outside of the document',
    'external',
    'document',
  ),
  RelationType: field(
    'text',
    'how a part points at its target',
    'attachedTemplate',
    'document',
  ),
  ClassId: field(
    'text',
    'class of an embedded object',
    '{0002CE02-0000-0000-C000-000000000046}',
    'document',
  ),
  ProgId: field(
    'text',
    'class of an object by its name',
    'Equation.3',
    'document',
  ),
  EmbeddedName: field(
    'text',
    'name of an embedded file',
    'invoice.js',
    'document',
  ),
  MacroName: field(
    'text',
    'name of a macro, or of a module with macros',
    'AutoOpen',
    'document',
  ),
  FunctionName: field(
    'text',
    'function of a formula that reaches outside of the sheet',
    'WEBSERVICE',
    'document',
  ),
  ServerHost: field(
    'text',
    'host on which a formula has its server started',
    'fs02',
    'document',
  ),
  SentCells: field(
    'list',
    'cells whose values a formula sends behind an address',
    'A2',
    'document',
  ),
  CellMark: field(
    'text',
    'what keeps a formula in a table of text from acting',
    'apostrophe',
    'document',
  ),
  Obfuscation: field(
    'list',
    'how the text was hidden: split, nested, quote, indirection, arithmetic, case, padding, path, caret, encoded, invisible, hex, concatenation; of macros: stomped, unwritten',
    'quote',
    'document script',
  ),
})
