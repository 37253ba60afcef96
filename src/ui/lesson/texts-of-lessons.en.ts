/** All lessons' texts of one language, in one piece. */
import { readTexts } from './read-texts.ts';

export const lessonsEn = readTexts(
  import.meta.glob<string>('../../lessons/curriculum/*/*/index.en.md', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);
