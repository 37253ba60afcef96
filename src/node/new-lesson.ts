/**
 * `npm run lesson:new -- election/late-joiner`: a folder with a lesson that runs, to be changed into
 * one's own. Its tests find it by themselves.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHAPTERS } from '../lessons/curriculum/chapters.ts';
import { CURRICULUM } from './lesson-files.ts';

const SCENARIO = `import { PLAIN, words, type Lesson } from '../../../engine/lesson.ts';
import { lines, stage } from '../../../scenarios/world.ts';

const lesson: Lesson = {
  plan: (seed) => ({
    ...PLAIN,
    world: { ...stage(3), seed },
    start: {
      kind: 'script',
      text: lines(
        'wait until 1, 2, 3 serve',
        'new client A servers=1',
        'wait until A is connected',
      ),
    },
    goals: [
      {
        id: 'written',
        step: 'write',
        test: { test: 'reached', what: { fact: 'znode', path: '/app', text: 'one' } },
        words: words('/app holds “one”', '/app 的值是 “one”'),
      },
    ],
    solutions: [
      { name: words('In one go', '一步完成'), script: lines('A: create /app one') },
      {
        name: words('Created, then set', '先创建，再设置'),
        script: lines('A: create /app zero', 'wait until znode /app exists', 'A: set /app one'),
      },
    ],
    nearMisses: [
      {
        name: words('Other data', '数据不对'),
        misses: 'written',
        script: lines('A: create /app two'),
      },
      { name: words('Another path', '路径不对'), misses: 'written', script: lines('A: create /ap one') },
      { name: words('Only looked', '只是看了看'), misses: 'written', script: lines('A: ls /') },
    ],
    par: 1,
  }),
};

export default lesson;
`;

const TEXTS = {
  en: `---
title: A new lesson
minutes: 3
tools: console
summary: What somebody learns here, in one sentence.
---
## Write something {#write}
Client A has a session with server 1.

\`zk> create /app one\`

## Why it worked {#debrief}
What the ensemble has shown, and what it means in production.
`,
  'zh-CN': `---
title: 新的一课
minutes: 3
tools: console
summary: 用一句话说明在这里学到什么。
---
## 写点什么 {#write}
客户端 A 与服务器 1 之间有一个 session。

\`zk> create /app one\`

## 为什么行得通 {#debrief}
集群展示了什么，在生产环境里意味着什么。
`,
} as const;

const [wanted = ''] = process.argv.slice(2);
const [, chapter, name] = /^([a-z-]+)\/([a-z0-9-]+)$/.exec(wanted) ?? [];
const number = CHAPTERS.findIndex(({ id }) => id === chapter) + 1;
if (name === undefined || number === 0) {
  console.error('Usage: npm run lesson:new -- CHAPTER/NAME');
  console.error(`Chapters: ${CHAPTERS.map(({ id }) => id).join(', ')}`);
  process.exit(2);
}

const two = (value: number): string => String(value).padStart(2, '0');
const home = join(CURRICULUM, `${two(number)}-${chapter ?? ''}`);
const others = existsSync(home) ? readdirSync(home) : [];
if (others.some((other) => other.replace(/^\d+-/, '') === name)) {
  console.error(`There is a lesson ${wanted} already.`);
  process.exit(1);
}
const last = Math.max(0, ...others.map((other) => Number.parseInt(other, 10)));
const folder = join(home, `${two(last + 1)}-${name}`);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'scenario.ts'), SCENARIO);
for (const [language, text] of Object.entries(TEXTS)) {
  writeFileSync(join(folder, `index.${language}.md`), text);
}
console.log(`${folder} is there. Change it, and see whether it holds:`);
console.log(
  `  CHAPTER=${wanted} npx vitest run --project node tests/unit/lessons/curriculum.test.ts`,
);
