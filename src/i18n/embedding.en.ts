/** The playground in a frame of another page, and how to put it there. */
export const embedEn = {
  label: 'Time',
  again: 'From the beginning',
  open: 'Open in full',
  openTitle: 'The same run in a page of its own',
  openFailed: (why: string) => `This run cannot be opened in a page of its own: ${why}`,
  snippet: {
    title: 'Embed this',
    panes: 'Panes',
    theme: 'Theme',
    themes: { system: 'As the reader’s system', light: 'Light', dark: 'Dark' },
    controls: 'With controls for time',
    withRun: 'With the run that is open now',
    runTooLong: 'This run is too long for an address. The frame starts with a new ensemble.',
    way: 'As',
    ways: { element: 'an element with methods and events', frame: 'a plain frame' },
    code: 'Paste this into your page',
    copy: 'Copy the code',
    copied: 'Copied.',
    copyFailed: 'The browser does not let the page copy: mark the code and copy it by hand.',
    none: 'Choose at least one pane.',
  },
};

export type EmbedDictionary = typeof embedEn;
