/**
 * Sentences as templates, which may run over several lines: white space of the template itself
 * counts as one space.
 */
export function text(
  strings: TemplateStringsArray,
  ...values: readonly (string | number | null)[]
): string {
  return strings.reduce((sentence, part, i) => {
    const value = i === 0 ? '' : String(values[i - 1]);
    return sentence + value + part.replace(/\s+/g, ' ');
  }, '');
}
