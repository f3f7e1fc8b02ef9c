// What you change for a site of your own; a file `.env` does it too.

/** Where noaber answers. */
export const SERVER: string = import.meta.env.VITE_NOABER ?? 'http://127.0.0.1:8080';

/** Your municipality: its CBS code. */
export const MUNICIPALITY: string = import.meta.env.VITE_MUNICIPALITY ?? 'GM0150';
