/** `find`, remembering up to `limit` answers; then it forgets them all. */
export function remember<Found>(limit: number, find: (key: string) => Found): (key: string) => Found {
  const found = new Map<string, Found>()
  return (key) => {
    const known = found.get(key)
    if (known !== undefined || found.has(key)) return known as Found // `Found` may be undefined.
    if (found.size >= limit) found.clear()
    const value = find(key)
    found.set(key, value)
    return value
  }
}
