import { mount } from 'svelte';
import App from './App.svelte';
import { embedSettings, preferencesOf } from './ui/embed/settings.ts';
import { initialLocale, loadLanguage } from './ui/state/locale.svelte.ts';
import { keepApart } from './ui/state/preferences.ts';
import './ui/theme.css';
import { connectPlayground, type PlaygroundClient } from './worker/connect.ts';

declare global {
  interface Window {
    /** The ensemble, for scripts and for the browser's console. */
    zk?: PlaygroundClient;
  }
}

const element = document.getElementById('app');
if (element === null) throw new Error('index.html has an element #app');
const target = element;
const client = connectPlayground();
window.zk = client;
const embed = embedSettings(location.search);
if (embed !== null) keepApart(preferencesOf(embed));

// No `await` here: parts that are loaded later share code with this module, and would wait for it.
loadLanguage(initialLocale())
  // Where the texts do not come, the page speaks English.
  .catch(() => undefined)
  .finally(() => mount(App, { target, props: { client, embed } }));
