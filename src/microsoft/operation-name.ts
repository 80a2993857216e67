/** An operation as others write it, too: whatever its case, surrounding blanks, dashes and a final dot. Entra's end in one, sometimes. */
export function plainOperation(operation: string): string {
  return operation
    .trim()
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/[‐-―−]/g, '-')
}
