/** Waiting for what has no promise of its own. */

/** Milliseconds between two looks at whether something has come. */
const LOOK_EVERY = 20;

export const wait = (millis: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, millis);
  });

/** @returns whether it came within so many milliseconds. */
export async function waitUntil(is: () => boolean, patience = Infinity): Promise<boolean> {
  for (let waited = 0; !is(); waited += LOOK_EVERY) {
    if (waited > patience) return false;
    await wait(LOOK_EVERY);
  }
  return true;
}
