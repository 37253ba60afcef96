/** Put in by the build, from the sources that a run depends on; tests have none. */
declare const BUILD_ID: string | undefined;

export const buildId = typeof BUILD_ID === 'undefined' ? 'unbuilt' : BUILD_ID;
