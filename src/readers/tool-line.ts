// What tools and terminals print around data: a record's number, a prompt, a rule, a comment, a fence. Such a line is no lost record.
const toolLine =
  /^(?:Record #?\d+|PS [A-Z]:\\[^>]*> ?.*|[A-Z]:\\[^>]*>.*|[$#](?: .*)?|\w+@[\w.-]+:[^$#]*[$#](?: .*)?|[-=*_]{3,}.*|`{3}\w*)$/

export function isToolLine(line: string): boolean {
  return toolLine.test(line)
}
