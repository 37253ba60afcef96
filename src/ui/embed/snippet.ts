/** The code that puts the playground into another page. */
import { addressOf, type Wishes } from '../../embed/address.ts';

export interface SnippetChoices {
  readonly way: 'element' | 'frame';
  readonly wishes: Partial<Wishes>;
  readonly title: string;
}

/** Characters of a run that an address carries everywhere; browsers differ beyond. */
export const RUN_MAX = 32_000;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

function attributes(of: Readonly<Record<string, string | null | undefined>>): string {
  return Object.entries(of)
    .flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [` ${name}="${escaped(value)}"`],
    )
    .join('');
}

/** @param base where the playground is. */
export function snippetOf(base: string, { way, wishes, title }: SnippetChoices): string {
  const style = 'height: 480px';
  if (way === 'frame') {
    const src = addressOf(base, wishes);
    const allow = 'fullscreen; clipboard-write';
    const look = { title, loading: 'lazy', allow, style: `border: 0; width: 100%; ${style}` };
    return `<iframe${attributes({ src, ...look })}></iframe>\n`;
  }
  const script = new URL('embed.js', base).href;
  return (
    `<script${attributes({ src: script })} async></script>\n` +
    `<zookeeper-playground${attributes({ ...wishes, title, style })}></zookeeper-playground>\n`
  );
}
