/** `embed.js`, which other sites load to have the element `<zookeeper-playground>`. */
import type { Plugin } from 'vite';
import { smallScript } from './small-script.ts';

export function embedScript(): Plugin {
  return {
    name: 'embed-script',
    apply: 'build',
    async generateBundle() {
      const source = await smallScript('src/embed/zookeeper-playground.ts');
      this.emitFile({ type: 'asset', fileName: 'embed.js', source });
    },
  };
}
