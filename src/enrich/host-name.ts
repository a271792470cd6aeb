// Which events are of one host? One provider may write the domain and another not. An address has none.
export function hostName(host: string | undefined): string {
  const name = host?.toLowerCase() ?? ''
  return /^[\d.]+$|:/.test(name) ? name : name.split('.', 1)[0]!
}
