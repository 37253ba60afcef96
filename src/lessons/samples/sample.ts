/** A sample: a program of a client that shows a recipe, and what there is to be seen and broken. */
export interface SampleWords {
  readonly title: string;
  /** One sentence: what it shows. */
  readonly summary: string;
  /** Where to look. */
  readonly see: string;
  /** What to break, and what comes of it. */
  readonly breakIt: string;
}

export interface Sample {
  readonly id: string;
  /** How many of it are started together. */
  readonly copies: number;
  /** JavaScript; what it finds around it is in worker/sandbox/program-api.ts. */
  readonly text: string;
  readonly words: { readonly en: SampleWords; readonly 'zh-CN': SampleWords };
}
