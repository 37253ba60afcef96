/** Names of files that every system takes. */

function plain(name: string, otherwise: string): string {
  const bare = name
    .trim()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return bare === '' ? otherwise : bare;
}

export const exerciseFileName = (title: string): string =>
  `${plain(title, 'exercise')}.zkexercise.json`;

export const assignmentFileName = (title: string): string =>
  `${plain(title, 'assignment')}.zkassignment.json`;

export const answersFileName = (name: string): string => `${plain(name, 'answers')}.zkanswers.json`;
