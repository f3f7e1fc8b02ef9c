import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Client, Provider, cacheExchange, fetchExchange } from 'urql';
import 'leaflet/dist/leaflet.css';
import './style.css';
import { App } from './App';
import { SERVER } from './settings';

// GET, so that browsers and caches in between keep the answers.
const client = new Client({
  url: `${SERVER}/graphql`,
  exchanges: [cacheExchange, fetchExchange],
  preferGetMethod: 'within-url-limit',
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Provider value={client}>
        <App />
      </Provider>
    </StrictMode>,
  );
}
