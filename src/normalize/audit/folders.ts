import type { JsonObject } from '../../activity.ts'
import type { FieldTable } from '../table.ts'
import { objectsIn } from './name-values.ts'

/** The folders that a record names as those where its mails are, or were before they were moved: by path, else by name. */
export const folderFields: FieldTable = {
  'hoofprint.folder': (record) => {
    const folders = [...objectsIn(record['Folders']), ...objectsIn(record['Folder']), ...parentsIn(record)]
    const paths = new Set(folders.flatMap(pathOf))
    return paths.size === 0 ? undefined : [...paths]
  },
}

function parentsIn(record: JsonObject): JsonObject[] {
  const items = [...objectsIn(record['Item']), ...objectsIn(record['AffectedItems'])]
  return items.flatMap((item) => objectsIn(item['ParentFolder']))
}

function pathOf({ Path, Name }: JsonObject): string[] {
  return [Path, Name].filter((text) => typeof text === 'string' && text !== '').slice(0, 1) as string[]
}
