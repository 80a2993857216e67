export { itemHash } from '../item-hash.ts'
