/** A script of its own beside the page's: one classic file that needs no other. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/**
 * @param entry from the root of the project.
 * @param known what names in it stand for.
 */
export async function smallScript(
  entry: string,
  known: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: Object.fromEntries(
      Object.entries(known).map(([name, value]) => [name, JSON.stringify(value)]),
    ),
    build: {
      write: false,
      target: 'es2022',
      lib: {
        entry: fileURLToPath(new URL(`../../../${entry}`, import.meta.url)),
        formats: ['iife'],
        name: 'zookeeperPlayground',
      },
    },
  });
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
  const chunks = outputs.filter((one) => one.type === 'chunk');
  const [only] = chunks;
  if (only === undefined || chunks.length > 1) throw new Error(`${entry} is not one file`);
  return only.code;
}
