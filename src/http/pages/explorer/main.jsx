import { useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { GraphiQL } from 'graphiql';
import { useEditorContext } from '@graphiql/react';
import 'graphiql/style.css';
import './explorer.css';
import { askedFor, readPage } from './examples.js';

const { language, phrases, examples } = readPage();
const asked = askedFor(examples);
const start = asked ?? examples[0] ?? { query: '{ dataset { edition placeCount } }', variables: '' };

/** One POST per run; an answer that is no JSON (a proxy's error page) is shown as what it is. */
async function fetcher({ query, variables, operationName }) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
    },
    body: JSON.stringify({ query, variables, operationName }),
    credentials: 'omit',
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`HTTP ${response.status}: ${text.slice(0, 500)}`);
  }
}

const untouched = new Set(['', ...examples.map((example) => example.query.trim())]);

function Examples() {
  const { queryEditor, variableEditor, responseEditor, addTab, tabs } = useEditorContext({ nonNull: true });
  const waiting = useRef(null);

  const fill = (example) => {
    variableEditor?.setValue(example.variables);
    responseEditor?.setValue('');
    queryEditor.setValue(example.query);
    queryEditor.focus();
  };
  // A query somebody wrote is never overwritten: the example then opens in a tab of its own.
  const open = (example) => {
    if (!queryEditor) return;
    if (untouched.has(queryEditor.getValue().trim())) return fill(example);
    waiting.current = example;
    addTab();
  };
  useEffect(() => {
    if (!waiting.current) return;
    fill(waiting.current);
    waiting.current = null;
  }, [tabs.length]);

  return (
    <section className="noaber-examples" aria-label={phrases.examples} lang={language}>
      <h2>{phrases.examples}</h2>
      <p>{phrases.examples_help}</p>
      <ul>
        {examples.map((example) => (
          <li key={example.name}>
            <button type="button" data-example={example.name} onClick={() => open(example)}>
              <strong>{example.title}</strong>
              {example.about && <span>{example.about}</span>}
            </button>
          </li>
        ))}
      </ul>
      <h3>{phrases.keys}</h3>
      <p>{phrases.keys_help}</p>
    </section>
  );
}

const ExamplesIcon = () => (
  <svg viewBox="0 0 16 16" width="1em" height="1em" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden="true">
    <path d="M2.5 3.5h11M2.5 8h11M2.5 12.5h7" />
  </svg>
);

const examplesPlugin = { title: phrases.examples, icon: ExamplesIcon, content: Examples };

/**
 * What CodeMirror leaves out for people who work without a mouse or a screen: Tab leaves the editor
 * (WCAG 2.1.2, no keyboard trap; `Ctrl-]` and `Ctrl-[` still indent), and each editor has a name.
 */
function Accessible() {
  const { queryEditor, variableEditor, responseEditor } = useEditorContext({ nonNull: true });
  useEffect(() => {
    const names = [
      [queryEditor, phrases.query_editor],
      [variableEditor, phrases.variable_editor],
      [responseEditor, phrases.response_editor],
    ];
    for (const [editor, name] of names) {
      if (!editor) continue;
      editor.addKeyMap({ Tab: false, 'Shift-Tab': false });
      editor.setOption('screenReaderLabel', name);
    }
  }, [queryEditor, variableEditor, responseEditor]);
  return <span className="noaber-mark">GraphiQL</span>;
}

createRoot(document.getElementById('explorer')).render(
  <GraphiQL
    fetcher={fetcher}
    plugins={[examplesPlugin]}
    visiblePlugin={examplesPlugin}
    isHeadersEditorEnabled={false}
    shouldPersistHeaders={false}
    defaultEditorToolsVisibility={start.variables ? 'variables' : undefined}
    defaultQuery={start.query}
    query={asked?.query}
    variables={asked ? asked.variables : undefined}
  >
    <GraphiQL.Logo>
      <Accessible />
    </GraphiQL.Logo>
  </GraphiQL>,
);
