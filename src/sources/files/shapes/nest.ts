import type { Json, JsonObject } from '../../../activity.ts'

const usualParts = 4

/**
 * The object whose values stand at paths with dots: `status.errorCode` is the `errorCode` of `status`, and what has numbers alone for names is a list.
 * The first of two wins, and names beyond `maxParts` are left out.
 */
export function nest(entries: Iterable<readonly [string, Json]>, maxParts = usualParts): JsonObject {
  const root: Tree = new Map()
  for (const [path, value] of entries) {
    if (path.includes('.')) put(root, path.split('.').slice(0, maxParts), value)
    else if (!root.has(path)) root.set(path, { value })
  }
  return toObject(root)
}

/** Maps until the end, for names are the file's. */
type Tree = Map<string, Tree | { readonly value: Json }>

function put(tree: Tree, [name = '', ...rest]: readonly string[], value: Json): void {
  const own = tree.get(name)
  if (rest.length === 0) {
    if (own === undefined) tree.set(name, { value })
    return
  }
  if (own !== undefined && !(own instanceof Map) && isNumber(rest)) return
  const inner: Tree = own instanceof Map ? own : new Map()
  tree.set(name, inner)
  put(inner, rest, value)
}

/** Beside a value `id.1` is no element of a list: so pandas names a second column `id`. */
function isNumber([name = '', ...rest]: readonly string[]): boolean {
  return rest.length === 0 && /^\d+$/.test(name)
}

function toObject(tree: Tree): JsonObject {
  return Object.fromEntries(
    [...tree].map(([name, own]) => [name, own instanceof Map ? toList(toObject(own)) : own.value]),
  )
}

/** Numbers are in their order among an object's names. */
function toList(whole: JsonObject): Json {
  return Object.keys(whole).every((name) => /^\d+$/.test(name)) ? Object.values(whole) : whole
}
