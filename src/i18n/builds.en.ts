/** What the page says about itself: newer builds, and parts of it that do not come. */
export const buildsEn = {
  ready:
    'A new version of this page is ready. Reload when it suits: the servers then lose power, and a run that lives in memory is gone.',
  newer:
    'A part of the page could not be loaded, because its host has a newer build. Reload to have it.',
  unreachable:
    'A part of the page could not be loaded: its host is out of reach. Try again when it is back.',
  reload: 'Reload',
};

export type BuildsDictionary = typeof buildsEn;
