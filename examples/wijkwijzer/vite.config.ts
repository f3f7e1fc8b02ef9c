import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Relative addresses, so that the built site works in any folder of yours.
export default defineConfig({ base: './', plugins: [react()] });
