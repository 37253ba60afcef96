import { mount } from 'svelte';
import App from './App.svelte';
import './ui/theme.css';
import { connectPlayground, type PlaygroundClient } from './worker/connect.ts';

declare global {
  interface Window {
    /** The ensemble, for scripts and for the browser's console. */
    zk?: PlaygroundClient;
  }
}

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has an element #app');
const client = connectPlayground();
window.zk = client;
mount(App, { target, props: { client } });
