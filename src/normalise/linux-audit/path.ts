// Where does a path lead? Joined with the working directory, without `.`, `..` and doubled slashes, as text: links are
// not followed, since the file system is not here.

/** `undefined` where a relative path has no directory to start from. */
export function resolvePath(
  path: string,
  directory: string | undefined,
): string | undefined {
  const absolute = path.startsWith('/')
  if (!absolute && !directory?.startsWith('/')) return undefined
  const joined = absolute ? path : `${directory}/${path}`
  if (!needsWork.test(joined)) return joined
  const out: string[] = []
  for (const part of joined.split('/')) {
    if (part === '..') out.pop()
    else if (part !== '' && part !== '.') out.push(part)
  }
  return `/${out.join('/')}`
}

const needsWork = /\/\/|\/\.\.?(?:\/|$)|.\/$/
