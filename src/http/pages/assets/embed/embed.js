// The map beside the list. It is drawn from the list itself: the attributes and symbols of its items. Another choice is the same page again,
// of which the parts take the place of those that are there. Without this script the page works as a form and a list.
'use strict';

(() => {
  const byId = (id) => document.getElementById(id);
  const box = byId('vlak');
  const words = box.dataset;
  const isBrt = words.basemap === 'brt';
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  /** What of the page changes with the choice. */
  const PARTS = ['kop', 'keuze', 'uitkomst', 'lijst', 'legenda', 'bron', 'voet'];
  /** Decimals of a degree: what leaves the browser is no finer than some 100 metres. */
  const DECIMALS = 3;

  box.hidden = false;
  byId('middelpunt').hidden = false;
  const map = L.map(box, {
    zoomControl: false,
    attributionControl: false, // it stands below the map, where it is seen without a map too
    scrollWheelZoom: false, // the wheel belongs to the page around the frame
    doubleClickZoom: false, // a click picks a point
    minZoom: 7,
    zoomSnap: isBrt ? 1 : 0.25, // pictures are sharp at whole levels only
    maxZoom: isBrt ? 18 : 15, // our outlines are drawn to some 10 metres
    zoomAnimation: !isCalm,
    fadeAnimation: !isCalm,
    markerZoomAnimation: !isCalm,
    inertia: !isCalm,
  });
  if (isCalm) map.panBy = (offset, options) => L.Map.prototype.panBy.call(map, offset, { ...options, animate: false });
  // Where popups, which stand above their markers, do not come.
  L.control.zoom({ position: 'bottomright', zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  box.classList.toggle('tiles', isBrt);

  // What lies under the places

  /** The national base map. A layer of our own, since Leaflet's for pictures puts `data:` pictures in their place, which the policy refuses. */
  const Tiles = L.GridLayer.extend({
    createTile({ x, y, z }, done) {
      const picture = document.createElement('img');
      picture.alt = '';
      picture.onload = () => done(null, picture);
      picture.onerror = () => done(new Error('no tile'), picture);
      picture.src = `https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/${z}/${x}/${y}.png`;
      return picture;
    },
  });
  if (isBrt) new Tiles({ maxZoom: 18 }).addTo(map);

  let ground = L.layerGroup();

  /** What the list is not about steps back. */
  function tellBeside() {
    const own = words.of ? words.of.split(',') : [];
    ground.eachLayer((outline) => {
      const { kind, id } = outline.feature.properties;
      outline.getElement()?.classList.toggle('beside', kind === 'municipality' && own.length > 0 && !own.includes(id));
    });
  }

  const names = L.layerGroup();
  let named = [];

  /** Names where there is room: the largest first, none over another. */
  function writeNames() {
    names.clearLayers();
    const zoom = map.getZoom();
    const view = map.getBounds();
    const taken = [];
    for (const { kind, name, at } of named) {
      if (kind === 'municipality' ? zoom > 10 : zoom < 11) continue;
      const point = L.latLng(at[1], at[0]);
      if (!view.contains(point)) continue;
      const { x, y } = map.latLngToContainerPoint(point);
      const wide = name.length * 3.4 + 6;
      if (taken.some((other) => Math.abs(other.x - x) < other.wide + wide && Math.abs(other.y - y) < 15)) continue;
      taken.push({ x, y, wide });
      const text = document.createElement('span');
      text.textContent = name;
      L.marker(point, { icon: L.divIcon({ className: 'name', html: text, iconSize: null }), interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(names);
    }
    for (const layer of names.getLayers()) layer.getElement().setAttribute('aria-hidden', 'true');
  }

  async function drawGround() {
    const answer = await fetch(words.ground);
    if (!answer.ok) return;
    const { features } = await answer.json();
    const shown = isBrt ? features.filter(({ properties }) => properties.kind === 'municipality') : features;
    map.createPane('ground').style.zIndex = 250;
    ground = L.geoJSON(shown, {
      pane: 'ground',
      interactive: false,
      smoothFactor: 0.6,
      style: ({ properties }) => ({ className: isBrt ? 'ground line' : `ground ${properties.kind}` }),
    }).addTo(map);
    tellBeside();
    if (isBrt) return;
    named = features.map(({ properties }) => properties).sort((a, b) => (b.population ?? 0) - (a.population ?? 0));
    names.addTo(map);
    map.on('moveend', writeNames);
    writeNames();
  }

  // Places

  const places = L.layerGroup().addTo(map);
  let markers = new Map(); // by item of the list

  const label = (items) => (items.length === 1 ? items[0].dataset.title : words.several.replace('{count}', items.length));

  /** What a marker opens: the words of the list, and a way to it. */
  function told(items) {
    const told = document.createElement('div');
    const toList = (item, text) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = text;
      button.addEventListener('click', () => meet(item));
      return button;
    };
    if (items.length === 1) {
      for (const part of items[0].querySelectorAll('.facts > *')) {
        const copy = document.createElement('p');
        copy.className = part.className;
        if (part.tagName === 'H2') copy.append(Object.assign(document.createElement('strong'), { textContent: part.textContent }));
        else copy.append(...part.cloneNode(true).childNodes);
        told.append(copy);
      }
      told.append(toList(items[0], words.inList));
      return told;
    }
    const lead = document.createElement('p');
    lead.append(Object.assign(document.createElement('strong'), { textContent: label(items) }));
    const list = document.createElement('ul');
    list.append(...items.map((item) => {
      const line = document.createElement('li');
      line.append(toList(item, item.querySelector('h2').textContent));
      return line;
    }));
    told.append(lead, list);
    return told;
  }

  /** The focus goes to a place in the list. */
  function meet(item) {
    map.closePopup();
    item.scrollIntoView({ block: 'nearest', behavior: isCalm ? 'instant' : 'smooth' });
    item.focus({ preventScroll: true });
  }

  function draw() {
    places.clearLayers();
    markers = new Map();
    const groups = new Map();
    for (const item of document.querySelectorAll('#lijst li[data-lon]')) {
      const { lon, lat, radius } = item.dataset;
      // Several places of which no more than the village is known share its circle; at an address each has its own symbol.
      const key = radius ? `${lon} ${lat} ${radius}` : item.id;
      groups.set(key, [...(groups.get(key) ?? []), item]);
    }
    // Large circles first, so that the small ones lie on them.
    const sorted = [...groups.values()].sort(([a], [b]) => (b.dataset.radius ?? 0) - (a.dataset.radius ?? 0));
    for (const items of sorted) {
      const { lon, lat, radius } = items[0].dataset;
      const at = L.latLng(lat, lon);
      if (radius) L.circle(at, { radius: Number(radius), className: 'within', interactive: false }).addTo(places);
      const symbol = document.createElement('span');
      symbol.className = 'marker';
      symbol.append(items[0].querySelector('svg').cloneNode(true));
      if (items.length > 1) symbol.append(Object.assign(document.createElement('b'), { textContent: items.length }));
      const marker = L.marker(at, { icon: L.divIcon({ className: 'pin', html: symbol, iconSize: [24, 24] }), title: label(items), riseOnHover: true });
      marker.addTo(places).bindPopup(() => told(items), { maxWidth: Math.min(260, box.clientWidth - 90), minWidth: 150, autoPanPadding: [12, 12] });
      marker.getElement().setAttribute('aria-label', label(items));
      for (const item of items) {
        markers.set(item, marker);
        const button = item.querySelector('.show');
        button.hidden = false;
        button.addEventListener('click', () => find(item));
      }
    }
    drawPicked();
    reachable();
  }

  /** The map shows a place, and tells of it. */
  function find(item) {
    const marker = markers.get(item);
    byId('kaart').scrollIntoView({ block: 'nearest', behavior: 'instant' });
    map.setView(marker.getLatLng(), Math.max(map.getZoom(), 12), { animate: false });
    marker.openPopup();
  }

  /** Tab goes to what is seen, not to hundreds of markers beside it. */
  function reachable() {
    const view = map.getBounds();
    for (const marker of new Set(markers.values())) marker.getElement().tabIndex = view.contains(marker.getLatLng()) ? 0 : -1;
  }
  map.on('moveend', reachable);
  /** Seen from far, symbols make room for one another; what a finger meets stays as large. */
  const size = () => box.classList.toggle('far', map.getZoom() < 9.5);
  map.on('zoomend', size);

  // What is opened is read, and closing it leads back.
  map.on('popupopen', ({ popup }) => {
    const element = popup.getElement();
    element.setAttribute('role', 'dialog');
    element.setAttribute('aria-label', popup._source.options.title);
    element.querySelector('.leaflet-popup-close-button')?.setAttribute('aria-label', words.close);
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
  });
  map.on('popupclose', ({ popup }) => {
    if (popup.getElement().contains(document.activeElement)) popup._source.getElement()?.focus({ preventScroll: true });
  });

  // Leaflet hears this key only while the map itself has the focus.
  box.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') map.closePopup();
  });

  // A point from which distances are told

  const picked = L.layerGroup().addTo(map);

  function drawPicked() {
    picked.clearLayers();
    const [lon, lat] = words.near.split(',').map(Number);
    if (!words.near) return;
    L.marker([lat, lon], { icon: L.divIcon({ className: 'picked', iconSize: [20, 20] }), interactive: false, keyboard: false, alt: words.picked, zIndexOffset: 500 }).addTo(picked);
    if (words.radius) L.circle([lat, lon], { radius: Number(words.radius), className: 'reach', interactive: false }).addTo(picked);
  }

  const rounded = (lon, lat) => `${lon.toFixed(DECIMALS)},${lat.toFixed(DECIMALS)}`;

  function pick({ lat, lng }) {
    const field = byId('near');
    field.value = rounded(lng, lat);
    byId('postcode').value = ''; // one point at a time
    load(asked(field.form), { keepsView: true });
  }
  map.on('click', ({ latlng }) => pick(latlng));
  byId('midden').addEventListener('click', () => pick(map.getCenter()));

  // Where the visitor is, if the site around this frame allows that it is asked; the browser asks the visitor.
  const here = byId('hier');
  const policy = document.permissionsPolicy ?? document.featurePolicy;
  here.hidden = !navigator.geolocation || policy?.allowsFeature('geolocation') === false;
  here.addEventListener('click', () => {
    byId('hier-niet').textContent = '';
    const found = ({ coords }) => pick({ lat: coords.latitude, lng: coords.longitude });
    const lost = () => { byId('hier-niet').textContent = here.dataset.no; };
    navigator.geolocation.getCurrentPosition(found, lost, { timeout: 15000, maximumAge: 600000 });
  });

  // Another choice

  /** The address that a form asks for, without what is empty; a point is rounded, whoever wrote it. */
  function asked(form) {
    const field = byId('near');
    const [lon, lat, ...more] = field.value.split(',').map((text) => (text.trim() ? Number(text) : NaN));
    if (!more.length && Number.isFinite(lon) && Number.isFinite(lat)) field.value = rounded(lon, lat);
    // Of two points the one that was typed now.
    const postcode = byId('postcode');
    if (field.value.trim() && postcode.value.trim()) (postcode.value === postcode.defaultValue ? postcode : field).value = '';
    const chosen = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ''));
    return `${form.getAttribute('action')}?${chosen}`;
  }

  let latest = 0;

  /** Shows another choice; where it cannot be fetched, the browser goes there. */
  async function load(address, { keepsView = false, movesFocus = false } = {}) {
    const own = ++latest;
    document.body.classList.add('busy');
    try {
      const answer = await fetch(address);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (own !== latest) return;
      if (!page.getElementById('vlak')) throw new Error(`${answer.status} without a list`);
      const isOpen = byId('keuze').open;
      map.closePopup();
      for (const part of PARTS) byId(part).replaceChildren(...document.adoptNode(page.getElementById(part)).childNodes);
      byId('keuze').open = isOpen;
      document.title = page.title;
      const { bounds, near, of, radius } = page.getElementById('vlak').dataset;
      Object.assign(words, { near, of, radius });
      draw();
      tellBeside();
      if (!keepsView || bounds !== words.bounds) show(bounds);
      words.bounds = bounds;
      // In a frame without an origin of its own the address stays; nobody sees it there.
      if (window.origin !== 'null') history.replaceState(null, '', address);
      if (movesFocus) byId('uitkomst').focus();
    } catch {
      if (own === latest) location.assign(address);
    } finally {
      if (own === latest) document.body.classList.remove('busy');
    }
  }

  // A frame in a closed part of a page has no size when it is loaded: the map is fitted when it gets one.
  let isFitted = false;
  const hasSize = () => box.clientWidth > 0 && box.clientHeight > 0;

  function show(bounds) {
    isFitted = hasSize();
    const [west, south, east, north] = bounds.split(',').map(Number);
    map.fitBounds([[south, west], [north, east]], { animate: false, padding: [6, 6] });
  }

  document.addEventListener('submit', (event) => {
    if (!event.target.closest('#keuze')) return;
    event.preventDefault();
    load(asked(event.target), { movesFocus: true });
  });
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-load]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    load(link.getAttribute('href'), { movesFocus: true });
  });

  new ResizeObserver(() => {
    map.invalidateSize({ animate: false });
    if (!isFitted && hasSize()) show(words.bounds);
  }).observe(box);

  show(words.bounds);
  size();
  draw();
  drawGround();
})();
