// Suggestions below the search box: the beginning of the page that the form leads to. Without this script the form leads there.
'use strict';

(() => {
  const field = document.getElementById('zoek');
  const form = field.form;
  const list = document.getElementById('suggesties');
  const told = document.getElementById('suggesties-aantal');
  /** Suggestions that a telephone shows without being scrolled. */
  const SHOWN = 7;
  /** Milliseconds without a letter after which is asked. */
  const PAUSE = 180;

  field.setAttribute('role', 'combobox');
  field.setAttribute('aria-autocomplete', 'list');
  field.setAttribute('aria-controls', list.id);
  field.setAttribute('aria-expanded', 'false');

  let chosen = -1;
  let latest = 0;
  let timer = 0;

  const options = () => [...list.querySelectorAll('[role=option]')];

  function close() {
    latest += 1;
    list.hidden = true;
    chosen = -1;
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  }

  function choose(index) {
    const all = options();
    chosen = (index + all.length) % all.length;
    all.forEach((option, at) => option.setAttribute('aria-selected', String(at === chosen)));
    field.setAttribute('aria-activedescendant', all[chosen].id);
    all[chosen].scrollIntoView({ block: 'nearest' });
  }

  async function suggest() {
    const typed = field.value.trim();
    if (typed.length < 2) return close();
    const own = ++latest;
    try {
      const asked = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
      const answer = await fetch(`${form.getAttribute('action')}?${asked}`);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (own !== latest || !answer.ok) return;
      const links = [...page.querySelectorAll('#gevonden a')].slice(0, SHOWN);
      list.replaceChildren(...links.map((link, index) => {
        const option = document.createElement('li');
        option.id = `suggestie-${index}`;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        option.dataset.address = link.getAttribute('href');
        option.append(...document.adoptNode(link).childNodes);
        return option;
      }));
      chosen = -1;
      field.removeAttribute('aria-activedescendant');
      list.hidden = links.length === 0;
      field.setAttribute('aria-expanded', String(links.length > 0));
      told.textContent = links.length ? field.dataset.found.replace('{count}', links.length) : field.dataset.none;
    } catch {
      close(); // the form still works
    }
  }

  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, PAUSE);
  });
  field.addEventListener('keydown', (event) => {
    const count = list.hidden ? 0 : options().length;
    if (event.key === 'ArrowDown' && count) choose(chosen + 1);
    else if (event.key === 'ArrowUp' && count) choose(chosen < 0 ? count - 1 : chosen - 1);
    else if (event.key === 'Enter' && count && chosen >= 0) location.assign(options()[chosen].dataset.address);
    else if (event.key === 'Escape' && count) close();
    else return;
    event.preventDefault();
  });
  // Before the field loses the focus, so that the list is still there.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = event.target.closest('[role=option]');
    if (option) location.assign(option.dataset.address);
  });
  field.addEventListener('blur', close);
})();
