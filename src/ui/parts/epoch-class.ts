/** How many hues with hatches the theme has. */
const HUES = 6;

/** The theme's class of an epoch, which brings `--e` and `--hatch`: `epoch-0` where there is none. */
export function epochClass(epoch: number | null): string {
  return epoch === null || epoch <= 0 ? 'epoch-0' : `epoch-${((epoch - 1) % HUES) + 1}`;
}
