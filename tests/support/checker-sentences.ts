/** The sentences, and parts of sentences, that a source file makes: templates with numbered holes. */
import ts from 'typescript';

/** `Server {0} committed {1}`; white space counts as one space. */
export function templatesOf(path: string, source: string): readonly string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || isTitle(node)) return;
    if (ts.isTemplateExpression(node)) found.push(templateOf(node));
    else if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      found.push(squeezed(node.text));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found.filter(isPhrase);
}

function templateOf({ head, templateSpans }: ts.TemplateExpression): string {
  const rest = templateSpans.map(({ literal }, i) => `{${String(i)}}${literal.text}`);
  return squeezed([head.text, ...rest].join(''));
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** Properties have a name and a title, which the page has words for elsewhere. */
function isTitle(node: ts.Node): boolean {
  if (!ts.isPropertyAssignment(node)) return false;
  const name = node.name.getText();
  return name === 'title' || name === 'name';
}

/** Words with a space between them, or around a hole: not a key, a kind or a path. */
function isPhrase(text: string): boolean {
  return text.includes(' ') && /[a-z]{2}/i.test(text.replace(/\{\d\}/g, ''));
}
