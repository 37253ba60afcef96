/** All lessons' texts of one language, in one piece. */
import { readTexts } from './read-texts.ts';

export const lessonsZhCN = readTexts(
  import.meta.glob<string>('../../lessons/curriculum/*/*/index.zh-CN.md', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);
