import { useEffect, useRef } from 'react';
import L from 'leaflet';
import type { Listed } from './App';
import { SERVER } from './settings';

type Props = { listed: Listed[]; centre: { lon: number; lat: number }; chosen: string; onChoose: (slug: string) => void };

/** Leaflet looks after its own part of the page; React only says what is on it. */
export function PlaceMap({ listed, centre, chosen, onChoose }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<L.Map>(null);
  const marks = useRef<L.LayerGroup>(null);

  useEffect(() => {
    if (!box.current) return;
    const made = L.map(box.current, { scrollWheelZoom: false, attributionControl: false }).setView([centre.lat, centre.lon], 12);
    marks.current = L.layerGroup().addTo(made);
    map.current = made;
    // Borders, water and villages come from noaber too, so that no visitor is seen by anybody else.
    const gone = new AbortController();
    fetch(`${SERVER}/embed/ground.geojson`, { signal: gone.signal })
      .then((answer) => answer.json())
      .then((ground: GeoJSON.FeatureCollection) => {
        const areas = ground.features.filter(({ geometry }) => geometry.type !== 'Point');
        L.geoJSON(areas as unknown as GeoJSON.GeoJsonObject, { interactive: false, style: { color: '#5b6b7a', weight: 1, fillOpacity: 0.04 } }).addTo(made).bringToBack();
      })
      .catch(() => undefined); // The list is the same without it.
    return () => {
      gone.abort();
      made.remove();
    };
  }, [centre.lat, centre.lon]);

  useEffect(() => {
    const group = marks.current;
    if (!group || !map.current) return;
    group.clearLayers();
    // Only what stands at its address has a point; of others the village is known, which is no point to go to.
    const points = listed.flatMap(({ place }) => (place.location?.precision === 'ADDRESS' ? [{ place, at: L.latLng(place.location.lat, place.location.lon) }] : []));
    for (const { place, at } of points) {
      const isChosen = place.slug === chosen;
      L.circleMarker(at, { radius: isChosen ? 11 : 8, color: '#fff', weight: 2, fillColor: isChosen ? '#b3401e' : '#0f5c8c', fillOpacity: 1 })
        .bindTooltip(place.name)
        .on('click', () => onChoose(place.slug))
        .addTo(group);
    }
    if (points.length > 0) map.current.fitBounds(L.latLngBounds(points.map(({ at }) => at)), { maxZoom: 15, padding: [24, 24] });
  }, [listed, chosen, onChoose]);

  // What it shows stands in the list as well, where it can be read and tabbed through.
  return <div ref={box} className="map" role="img" aria-label="Kaart van de plekken; ze staan ook in de lijst" />;
}
