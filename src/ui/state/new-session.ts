export { nextName, nextProcess } from '../../sim/new-client.ts';
