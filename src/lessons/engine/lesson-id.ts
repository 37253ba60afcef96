/** `06-election/03-leader-dies` is `election/leader-dies`: links survive another order. */
export function lessonIdOf(folder: string): string {
  return folder
    .split('/')
    .map((part) => part.replace(/^\d+-/, ''))
    .join('/');
}
