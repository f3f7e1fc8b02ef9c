// What a visitor chose, kept in the address of the page: it can be shared, printed and gone back to.
import { useCallback, useEffect, useState } from 'react';

export type Choice = {
  /** Slug of a village or district. */
  wijk: string;
  /** `7411` or `7411 AB`; it wins over the village. */
  postcode: string;
  /** Words to look for. */
  zoek: string;
  /** Only what is open now. */
  open: boolean;
  /** Slug of the place that is shown. */
  plek: string;
};

function read(): Choice {
  const given = new URLSearchParams(location.search);
  const get = (name: string) => given.get(name) ?? '';
  return { wijk: get('wijk'), postcode: get('postcode'), zoek: get('zoek'), open: get('open') === 'ja', plek: get('plek') };
}

function write(choice: Choice): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(choice)) {
    if (value) parameters.set(name, value === true ? 'ja' : String(value));
  }
  const text = parameters.toString();
  return text ? `?${text}` : location.pathname;
}

/** The choice, and how to change a part of it. */
export function useChoice(): [Choice, (change: Partial<Choice>) => void] {
  const [choice, setChoice] = useState(read);
  useEffect(() => {
    const back = () => setChoice(read());
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const change = useCallback((part: Partial<Choice>) => {
    setChoice((before) => {
      const after = { ...before, ...part };
      history.pushState(null, '', write(after));
      return after;
    });
  }, []);
  return [choice, change];
}
