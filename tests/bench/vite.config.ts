import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** Builds the worker bench as a site of its own: `vite build --config tests/bench/vite.config.ts`. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [svelte()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    outDir: '../../node_modules/.cache/worker-bench',
    emptyOutDir: true,
    rolldownOptions: { input: `${import.meta.dirname}/worker-bench.html` },
  },
});
