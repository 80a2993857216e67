/** How wide the terminal is that an output goes to; undefined where it goes elsewhere, or to a terminal that does not say, which tells 0. */
export function columnsOf(output: { readonly columns?: number }): number | undefined {
  return output.columns === 0 ? undefined : output.columns
}
