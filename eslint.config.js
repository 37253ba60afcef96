import { builtinModules } from 'node:module';
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** What each folder of src/ may import from, beside itself. The order is that of ARCHITECTURE.md. */
const layers = {
  core: [],
  i18n: ['core'],
  sim: ['core'],
  lessons: ['core', 'sim', 'i18n'],
  store: ['core', 'sim', 'lessons'],
  worker: ['core', 'sim', 'lessons', 'store'],
  node: ['core', 'sim', 'lessons', 'store', 'offline'],
  // For other sites, and for the service worker: small scripts that stand alone.
  embed: [],
  offline: [],
  ui: ['core', 'sim', 'lessons', 'store', 'worker', 'i18n', 'embed', 'offline'],
};

const nodeModules = builtinModules.filter((name) => !name.startsWith('_')).join('|');

/** Packages by a pattern of their specifier, and the only folder of src/ that may import them. */
const libraries = [
  { name: 'comlink', specifier: '^comlink(/|$)', folder: 'worker' },
  { name: 'idb-keyval', specifier: '^idb-keyval(/|$)', folder: 'store' },
  { name: 'd3', specifier: '^d3(-[a-z-]+)?(/|$)', folder: 'ui' },
  { name: 'svelte', specifier: '^svelte(/|$)', folder: 'ui' },
  { name: "Node's own modules", specifier: `^(node:|(${nodeModules})(/|$))`, folder: 'node' },
  { name: 'A build tool', specifier: '^(vite|vitest|playwright|@playwright)(/|$)', folder: 'node' },
];

function forbiddenImports(layer) {
  const higher = Object.keys(layers).filter(
    (other) => other !== layer && !layers[layer].includes(other),
  );
  const allowed = [layer, ...layers[layer]].join(', ');
  return [
    {
      specifier: `^(\\.\\.?/)+(src/)?(${higher.join('|')}|main|App)(/|\\.|$)`,
      message: `src/${layer}/ imports from ${allowed} only.`,
    },
    ...forbiddenLibraries(({ folder }) => folder === layer),
  ];
}

function forbiddenLibraries(isAllowed) {
  return libraries
    .filter((library) => !isAllowed(library))
    .map(({ name, specifier, folder }) => ({
      specifier,
      message: `${name} is imported in src/${folder}/ only.`,
    }));
}

/** The same fence for `import … from`, `export … from`, `import()` and types of `import()`. */
function importRules(forbidden, otherSyntax = []) {
  const slash = (pattern) => pattern.replaceAll('/', '\\/');
  return {
    'no-restricted-imports': [
      'error',
      { patterns: forbidden.map(({ specifier, message }) => ({ regex: specifier, message })) },
    ],
    'no-restricted-syntax': [
      'error',
      ...forbidden.map(({ specifier, message }) => ({
        selector: `:matches(ImportExpression, TSImportType)[source.value=/${slash(specifier)}/]`,
        message,
      })),
      ...otherSyntax,
    ],
  };
}

/** What would make two runs of one seed differ, or let the world in past the events. */
const nondeterministicSyntax = [
  { selector: 'AwaitExpression', message: 'The deterministic part is synchronous.' },
  { selector: ':function[async=true]', message: 'The deterministic part is synchronous.' },
  { selector: 'ForOfStatement[await=true]', message: 'The deterministic part is synchronous.' },
  {
    selector: ":matches(NewExpression, CallExpression)[callee.name='Date']",
    message: 'Time is an event.',
  },
  { selector: 'ForInStatement', message: 'Walk a Map, an array or Object.entries.' },
  {
    selector: 'CallExpression[callee.property.name=/^(sort|toSorted)$/][arguments.length=0]',
    message: 'Say how to compare.',
  },
];

const worldGlobals = [
  ...['Intl', 'Promise', 'WeakRef', 'FinalizationRegistry', 'console', 'process'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame'],
  ...['performance', 'crypto', 'fetch', 'XMLHttpRequest', 'WebSocket', 'Worker', 'postMessage'],
  ...['MessageChannel', 'BroadcastChannel', 'indexedDB', 'localStorage', 'sessionStorage'],
  ...['window', 'document', 'navigator', 'location', 'self', 'globalThis'],
];

const inexactMath = [
  ...['acos', 'acosh', 'asin', 'asinh', 'atan', 'atan2', 'atanh', 'cbrt', 'cos', 'cosh', 'exp'],
  ...['expm1', 'hypot', 'log', 'log10', 'log1p', 'log2', 'pow', 'sin', 'sinh', 'tan', 'tanh'],
];

const determinismRules = {
  'no-restricted-globals': [
    'error',
    ...worldGlobals.map((name) => ({
      name,
      message: 'Take it as an event, or give it out as an effect.',
    })),
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Math', property: 'random', message: 'Draw from the chance of the run.' },
    { object: 'Date', property: 'now', message: 'Time is an event.' },
    { object: 'Date', property: 'parse', message: 'It depends on the time zone of the machine.' },
    ...inexactMath.map((property) => ({
      object: 'Math',
      property,
      message: 'Its last digits differ between engines; use integers.',
    })),
    ...['localeCompare', 'toLocaleString', 'toLocaleUpperCase', 'toLocaleLowerCase'].map(
      (property) => ({ property, message: 'It depends on the locale of the machine.' }),
    ),
  ],
};

const layerFences = Object.keys(layers).map((layer) => {
  const deterministic = layer === 'core' || layer === 'sim';
  return {
    name: `fence/${layer}`,
    files: [`src/${layer}/**`],
    rules: {
      ...importRules(forbiddenImports(layer), deterministic ? nondeterministicSyntax : []),
      ...(deterministic ? determinismRules : {}),
    },
  };
});

export default defineConfig(
  {
    ignores: [
      'dist/',
      'coverage/',
      'test-results/',
      'playwright-report/',
      '.svelte-check/',
      '.vitest-attachments/',
      'tests/negative/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...ts.configs.stylisticTypeChecked,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.worker, ...globals.node },
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
    },
    // A rule is met, or changed here for everyone: no comment switches one off.
    linterOptions: { noInlineConfig: true },
    rules: {
      eqeqeq: 'error',
      'max-lines-per-function': ['error', { max: 70, skipComments: true }],
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/i18n/**'],
    rules: { 'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }] },
  },
  {
    // A lesson's plan is a table: what it is made of, in the order in which a person meets it.
    files: ['src/lessons/curriculum/**'],
    rules: { 'max-lines-per-function': 'off' },
  },
  ...layerFences,
  {
    // What znodes, links and programs hold is shown as text, whatever it looks like.
    name: 'fence/markup',
    files: ['src/ui/**', 'src/embed/**', 'src/App.svelte'],
    rules: {
      'svelte/no-at-html-tags': 'error',
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'srcdoc'].map(
          (property) => ({ property, message: 'Text is text: no markup is made of it.' }),
        ),
        { object: 'document', property: 'write', message: 'Text is text.' },
      ],
    },
  },
  {
    name: 'fence/composition',
    files: ['src/main.ts', 'src/App.svelte'],
    rules: importRules(forbiddenLibraries(({ name }) => name === 'svelte')),
  },
  { files: ['src/node/**'], rules: { 'no-console': 'off' } },
  {
    // A step changes the state that its caller has just tested, which narrowing cannot know.
    files: ['src/core/**', 'src/sim/**'],
    rules: { '@typescript-eslint/no-unnecessary-condition': 'off' },
  },
  {
    // The ports of these layers are records of closures, which may be taken apart.
    files: ['src/store/**', 'src/worker/**'],
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    // A dictionary's type is the type of its texts.
    files: ['src/i18n/**'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  {
    // Raw state is replaced as a whole, so a plain Set or Map in it is what is meant.
    files: ['**/*.svelte', '**/*.svelte.ts'],
    rules: { 'svelte/prefer-svelte-reactivity': 'off' },
  },
  {
    // A describe block is as long as its list of cases; an expectation may name a method unbound.
    files: ['tests/**'],
    rules: {
      'max-lines-per-function': 'off',
      'no-console': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { files: ['**/*.js', '**/*.mjs'], ...ts.configs.disableTypeChecked },
  {
    files: ['**/*.js', '**/*.mjs'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  {
    // Programs of clients: what they find around them is in src/worker/sandbox/program-api.ts.
    files: ['src/lessons/samples/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['connect', 'sleep', 'now', 'log', 'watch', 'me'].map((name) => [name, 'readonly']),
      ),
    },
  },
);
