// The documented examples, as the server wrote them into the page, and what the address asks to open.

/** @typedef {{ name: string, title: string, about: string | null, query: string, variables: string }} Example */

/** @returns {{ language: string, phrases: Record<string, string>, examples: Example[] }} */
export function readPage() {
  const page = JSON.parse(document.getElementById('explorer-data').textContent);
  return {
    language: page.language,
    phrases: page.phrases,
    examples: page.examples.map((example) => ({
      ...example,
      variables: example.variables ? JSON.stringify(example.variables, null, 2) : '',
    })),
  };
}

/** `?query=` (with `&variables=`) wins over `?example=`; null when the address asks for neither. */
export function askedFor(examples, search = window.location.search) {
  const parameters = new URLSearchParams(search);
  const query = parameters.get('query');
  if (query) return { query, variables: parameters.get('variables') ?? '' };
  return examples.find((example) => example.name === parameters.get('example')) ?? null;
}
