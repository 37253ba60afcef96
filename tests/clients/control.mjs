/** Asks the run that hosts the servers to stop or start one: `control.mjs PORT stop|start N`. */
import { connect } from 'node:net';

const [port, verb, n] = process.argv.slice(2);
const socket = connect(Number(port), '127.0.0.1', () => socket.write(`${verb} ${n}\n`));
socket.on('data', (answer) => {
  socket.end();
  process.exitCode = String(answer).trim() === 'done' ? 0 : 1;
});
