/** The path of a Chromium-based browser, or undefined when this machine has none. */
export function findBrowser(): string | undefined;
/** The switches that every test starts its browser with. */
export const browserArguments: readonly string[];
