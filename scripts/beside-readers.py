"""What ipcwatch reads in documents beside other readers: fields (msodde, python-docx), formulas (openpyxl), macro source (olevba).

usage: npm run build && npx tsx scripts/write-documents.ts made && python scripts/beside-readers.py made YOUR-DOCUMENTS...
needs: pip install oletools openpyxl python-docx. Nothing is executed; the others' own failures are counted as such.
"""
import collections
import json
import logging
import os
import re
import subprocess
import sys
import warnings

import docx
import openpyxl
from oletools import msodde
from oletools.olevba import VBA_Parser

logging.disable(logging.CRITICAL)
warnings.simplefilter('ignore')

LETTERS = {'doc', 'dot', 'docx', 'docm', 'dotx', 'dotm', 'rtf'}
BOOKS = {'xlsx', 'xlsm', 'xltx', 'xltm'}
ACTS = re.compile(r"\||\b(?:DDE|HYPERLINK|WEBSERVICE|RTD|CALL|REGISTER|EXEC|IMAGE)\s*\(", re.I)
# ipcwatch cuts longer texts of items.
CUT = 30_000

counts = collections.Counter()
examples = collections.defaultdict(list)


def bare(text):
    return re.sub(r'[\s{}"\x00]', '', text).lower()


def files_in(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
        for folder, _, names in sorted(os.walk(path)):
            yield from (os.path.join(folder, n) for n in sorted(names))


def items_of(path):
    command = ['node', 'dist/cli/main.js', 'events', '--format', 'ndjson', path]
    out = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    events = (json.loads(line) for line in out.splitlines())
    return [e['fields'] for e in events if e['logSource'].get('category') == 'document_item']


def source(item):
    return item.get('ItemSource') or item['ItemText']


def judge(what, same, path, theirs, ours):
    kind = f'{what}: {"same" if same else "other"}'
    counts[kind] += 1
    if not same:
        examples[kind].append(f'{os.path.basename(path)}: theirs {str(theirs)[:140]} | ours {str(ours)[:140]}')


def attempt(reader, read):
    try:
        return read()
    except Exception as error:  # whatever it is, it is theirs
        counts[f'{reader} fails: {type(error).__name__}'] += 1
        return None


def fields(path, items):
    shown = attempt('msodde', lambda: msodde.process_maybe_encrypted(path, [], msodde.FIELD_FILTER_ALL))
    if shown is None:
        return
    theirs = [bare(line) for line in shown.split('\n') if bare(line)]
    ours = [t for i in items if i['ItemKind'] == 'field' for t in (bare(source(i)), bare(i['ItemText']))]
    if theirs or ours:
        # They cut nested fields otherwise: what matters is that no text is missing.
        judge('text of fields, msodde', all(t in ''.join(ours) for t in theirs), path, theirs, ours)


def body_fields(path, items):
    document = attempt('python-docx', lambda: docx.Document(path))
    if document is None:
        return
    xpath = document.element.xpath
    theirs = bare(''.join([t.text or '' for t in xpath('//w:instrText')] + list(xpath('//w:fldSimple/@w:instr'))))
    ours = bare(''.join(source(i) for i in items if i['ItemKind'] == 'field' and i.get('DocumentPart') == 'word/document.xml'))
    if theirs or ours:
        judge('characters of fields, python-docx', sorted(theirs) == sorted(ours), path, theirs, ours)


def formulas(path, items):
    book = attempt('openpyxl', lambda: openpyxl.load_workbook(path))
    if book is None:
        return
    cells = (cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    texts = (getattr(v, 'text', v) for v in cells)
    unquoted = re.compile(r'"[^"]*"')
    theirs = {bare(t).lstrip('=') for t in texts if isinstance(t, str) and t.startswith('=') and ACTS.search(unquoted.sub('', t))}
    ours = {bare(source(i)).lstrip('=') for i in items if i['ItemKind'] == 'formula'}
    if theirs or ours:
        judge('formulas that act, openpyxl', theirs == ours, path, theirs, ours)


def macros(path, items):
    def modules():
        parser = VBA_Parser(path)
        found = parser.extract_macros() if parser.detect_vba_macros() else []
        return [m[3] for m in found if m[2].lower().endswith(('.bas', '.cls', '.frm'))]

    theirs = attempt('olevba', modules)
    if not theirs:
        return
    lines = lambda text: re.sub(r'[\r\n]+', '\n', text[:CUT]).strip()
    ours = [source(i) for i in items if i['ItemKind'] == 'macro' and 'MacroName' in i]
    judge('modules of macros, olevba', sorted(map(lines, theirs)) == sorted(map(lines, ours)), path, len(theirs), len(ours))


def main():
    for path in files_in(sys.argv[1:]):
        ending = path.rsplit('.', 1)[-1].lower()
        if ending not in LETTERS | BOOKS | {'xls', 'ppt', 'xlam', 'bin'}:
            continue
        items = items_of(path)
        if ending in LETTERS:
            fields(path, items)
        if ending in {'docx', 'docm'}:
            body_fields(path, items)
        if ending in BOOKS:
            formulas(path, items)
        macros(path, items)
    for kind, count in sorted(counts.items()):
        print(f'{count:5} {kind}')
        for example in examples[kind][:5]:
            print(f'      {example}')


main()
