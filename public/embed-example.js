/** What a page does with the element: see docs/embed.md. */
const playground = document.querySelector('zookeeper-playground');
const said = document.getElementById('said');
const crash = document.getElementById('crash');
const restart = document.getElementById('restart');

/** The server that was taken away. */
let lost = null;

playground.addEventListener('state', ({ detail }) => {
  const { leader, servers } = detail;
  crash.disabled = leader === null || lost !== null;
  restart.disabled = lost === null;
  const serving = servers.filter((server) => server.serving).length;
  said.textContent =
    leader === null ? 'Nobody leads.' : `Server ${leader} leads; ${serving} servers serve clients.`;
});

crash.addEventListener('click', async () => {
  lost = (await playground.getState()).leader;
  await playground.act({ kind: 'crash', sid: lost, tail: 'chance', silent: false });
});

restart.addEventListener('click', async () => {
  await playground.act({ kind: 'restart', sid: lost });
  lost = null;
});
