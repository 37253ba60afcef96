import { describe, expect, test } from 'vitest';
import { parseInline, parseMarkdown, type Inline } from '../../../../src/ui/lesson/markdown.ts';

const text = (of: string): Inline => ({ kind: 'text', text: of });

describe('a stretch of text', () => {
  test('words, emphasis and code', () => {
    expect(parseInline('a **b `c`** _d_ *e*')).toEqual([
      text('a '),
      { kind: 'strong', of: [text('b '), { kind: 'code', text: 'c' }] },
      text(' '),
      { kind: 'em', of: [text('d')] },
      text(' '),
      { kind: 'em', of: [text('e')] },
    ]);
  });

  test('underscores within names mean nothing, nor do marks behind a backslash', () => {
    expect(parseInline('zk_avg_latency')).toEqual([text('zk_avg_latency')]);
    expect(parseInline('2 \\* 3 \\_ok\\_')).toEqual([text('2 * 3 _ok_')]);
  });

  test('strong text ends right before a Chinese word', () => {
    expect(parseInline('**先说。**没有人')).toEqual([
      { kind: 'strong', of: [text('先说。')] },
      text('没有人'),
    ]);
  });

  test('a line for the console is a chip, other code is not', () => {
    expect(parseInline('`zk> set /app two` and `set /app`')).toEqual([
      { kind: 'command', line: 'set /app two' },
      text(' and '),
      { kind: 'code', text: 'set /app' },
    ]);
  });

  test('terms, with and without other words', () => {
    expect(parseInline('[[zxid]] and [[vote|选票]]')).toEqual([
      { kind: 'term', term: 'zxid', text: 'zxid' },
      text(' and '),
      { kind: 'term', term: 'vote', text: '选票' },
    ]);
  });

  test('links lead to the web and to lessons, and nowhere else', () => {
    expect(parseInline('[a](https://zookeeper.apache.org/)')).toEqual([
      { kind: 'link', href: 'https://zookeeper.apache.org/', of: [text('a')] },
    ]);
    expect(parseInline('[b](#lesson=znodes/kinds)')).toHaveLength(1);
    expect(parseInline('[b](#lesson=znodes/kinds)')[0]?.kind).toBe('link');
    expect(parseInline('[c](javascript:alert)')).toEqual([text('c')]);
  });
});

describe('blocks', () => {
  test('lines of a paragraph are joined as their language is written', () => {
    expect(parseMarkdown('one\ntwo\n\n服务器 4\n被冻结了，\n就像`a`')).toEqual([
      { kind: 'paragraph', of: [text('one two')] },
      {
        kind: 'paragraph',
        of: [text('服务器 4 被冻结了，就像'), { kind: 'code', text: 'a' }],
      },
    ]);
    expect(parseMarkdown('集群\n自己会说')).toEqual([
      { kind: 'paragraph', of: [text('集群自己会说')] },
    ]);
  });

  test('lists, with items over several lines and lists in lists', () => {
    const [list, rest] = parseMarkdown('- one\n  goes on\n  - inner\n- two\n\nrest');
    expect(list).toEqual({
      kind: 'list',
      ordered: false,
      items: [
        [
          { kind: 'paragraph', of: [text('one goes on')] },
          { kind: 'list', ordered: false, items: [[{ kind: 'paragraph', of: [text('inner')] }]] },
        ],
        [{ kind: 'paragraph', of: [text('two')] }],
      ],
    });
    expect(rest).toEqual({ kind: 'paragraph', of: [text('rest')] });
  });

  test('a numbered list', () => {
    const [list] = parseMarkdown('1. one\n2. two');
    expect(list).toMatchObject({ kind: 'list', ordered: true, items: [{}, {}] });
  });

  test('fenced code keeps what it says', () => {
    expect(parseMarkdown('```sh\necho **srvr** | nc\n\n- x\n```\nafter')).toEqual([
      { kind: 'code', language: 'sh', text: 'echo **srvr** | nc\n\n- x' },
      { kind: 'paragraph', of: [text('after')] },
    ]);
  });

  test('tables, with bars in code', () => {
    expect(parseMarkdown('| a | `b|c` |\n| --- | :-: |\n| 1 | **2** |')).toEqual([
      {
        kind: 'table',
        head: [[text('a')], [{ kind: 'code', text: 'b|c' }]],
        rows: [[[text('1')], [{ kind: 'strong', of: [text('2')] }]]],
      },
    ]);
  });

  test('quotes and small headings', () => {
    expect(parseMarkdown('### Look\n> said\n> twice')).toEqual([
      { kind: 'heading', of: [text('Look')] },
      { kind: 'quote', of: [{ kind: 'paragraph', of: [text('said twice')] }] },
    ]);
  });
});
