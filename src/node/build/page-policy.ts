/**
 * The Content-Security-Policy of the built page. What the page promises, "no request to anyone
 * else", the browser enforces: everything is forbidden but what is named here.
 */
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

const CHARSET = '<meta charset="UTF-8" />';

function hashesOf(html: string, tag: 'script' | 'style'): readonly string[] {
  const blocks = html.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'));
  return [...blocks].map(
    ([, text]) =>
      `'sha256-${createHash('sha256')
        .update(text ?? '')
        .digest('base64')}'`,
  );
}

/** @param html with its inline script and style, which are named by their hashes. */
export function policyOf(html: string): string {
  const styles = hashesOf(html, 'style').join(' ');
  return [
    "default-src 'none'",
    ["script-src 'self'", ...hashesOf(html, 'script')].join(' '),
    // `blob:` for programs of clients: their text becomes a module in a worker of its own, which
    // lives under this very policy. As a script of the page itself such a text stays forbidden.
    "worker-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "img-src 'self' data: blob:",
    // Where a browser does not know the two below, inline styles are as they are for attributes.
    "style-src 'self' 'unsafe-inline'",
    `style-src-elem 'self' ${styles}`,
    // Layouts set the sizes that a person has chosen.
    "style-src-attr 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

export function pagePolicy(): Plugin {
  return {
    name: 'page-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        if (!html.includes(CHARSET)) throw new Error(`index.html has ${CHARSET}`);
        const meta = `<meta http-equiv="Content-Security-Policy" content="${policyOf(html)}" />`;
        return html.replace(CHARSET, (charset) => `${charset}\n    ${meta}`);
      },
    },
  };
}

/**
 * The editor would write its styles into elements of the page, which the policy forbids. It knows
 * constructed style sheets as well, but takes them in shadow trees only; here it always does.
 */
export function constructedStyles(): Plugin {
  const asked = '!root.head && root.adoptedStyleSheets';
  return {
    name: 'constructed-styles',
    apply: 'build',
    transform: {
      filter: { id: /\/style-mod\/(?:src|dist)\// },
      handler(code) {
        if (!code.includes(asked)) this.error('style-mod chooses its sheets in another way now');
        return { code: code.replace(asked, 'root.adoptedStyleSheets'), map: null };
      },
    },
  };
}
