import { useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { DOC_EXPLORER_PLUGIN, DocExplorerContextProvider } from '@graphiql/plugin-doc-explorer';
import { HISTORY_PLUGIN, HistoryContextProvider } from '@graphiql/plugin-history';
import { GraphiQLProvider, useEditorContext, usePluginStore } from '@graphiql/react';
import { GraphiQL, GraphiQLInterface } from 'graphiql';
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
    // GraphiQL notes the new operation a tenth of a second later; who runs at once must not ask for the one that was here.
    queryEditor.operationName = null;
    queryEditor.operations = null;
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

// GraphiQL decides at its first rendering whether the panel is open, from a store that is filled after it, or from how the
// last visit left it. The examples should be seen at every visit, so: wait for the store, and forget the last visit's answer.
const PANEL_KEY = 'graphiql:docExplorerFlex';
try {
  if (localStorage.getItem(PANEL_KEY) === 'hide-first') localStorage.removeItem(PANEL_KEY);
} catch {
  // Storage is switched off: nothing was remembered either.
}
function OncePanelIsKnown({ children }) {
  const known = useRef(false);
  if (usePluginStore((store) => store.visiblePlugin)) known.current = true;
  return known.current ? children : null;
}

const plugins = [examplesPlugin, DOC_EXPLORER_PLUGIN, HISTORY_PLUGIN];

createRoot(document.getElementById('explorer')).render(
  <GraphiQLProvider
    fetcher={fetcher}
    plugins={plugins}
    referencePlugin={DOC_EXPLORER_PLUGIN}
    visiblePlugin={examplesPlugin}
    shouldPersistHeaders={false}
    defaultQuery={start.query}
    query={asked?.query}
    variables={asked ? asked.variables : undefined}
  >
    <HistoryContextProvider>
      <DocExplorerContextProvider>
        <OncePanelIsKnown>
          <GraphiQLInterface
            isHeadersEditorEnabled={false}
            showPersistHeadersSettings={false}
            defaultEditorToolsVisibility={start.variables || examples.some((example) => example.variables) ? 'variables' : undefined}
          >
            <GraphiQL.Logo>
              <Accessible />
            </GraphiQL.Logo>
          </GraphiQLInterface>
        </OncePanelIsKnown>
      </DocExplorerContextProvider>
    </HistoryContextProvider>
  </GraphiQLProvider>,
);
