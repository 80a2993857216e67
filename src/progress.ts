/** Shows how long work goes on. A terminal gets a bar, a log gets lines. */
export interface Progress {
  /** Without a total it is not known yet, and what is done is counted. */
  begin(label: string, total?: number): void
  /** `done` of `total`, in whatever unit. */
  update(done: number): void
  end(): void
}

/** Shows nothing. */
export const silent: Progress = { begin() {}, update() {}, end() {} }
