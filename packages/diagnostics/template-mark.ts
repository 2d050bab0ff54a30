/** The first mark of a template language in the text, as `{{ name }}`, `{% if x %}` or `<% if x %>`. */
export function findTemplateMark(text: string): string | undefined {
  return /\{\{[^{}\n]+\}\}|\{%[^\n]+?%\}|<%[^\n]+?%>/.exec(text)?.[0];
}
