import { useEffect, useRef } from 'react';
import type { Listed } from './App';
import { distance, open } from './words';

type Props = { listed: Listed[]; labels: Map<string, string>; chosen: string; onChoose: (slug: string) => void };

export function PlaceList({ listed, labels, chosen, onChoose }: Props) {
  return (
    <ul className="places">
      {listed.map(({ place, metres }) => (
        <Item key={place.slug} listed={{ place, metres }} labels={labels} isChosen={place.slug === chosen} onChoose={onChoose} />
      ))}
    </ul>
  );
}

function Item({ listed: { place, metres }, labels, isChosen, onChoose }: { listed: Listed; labels: Map<string, string>; isChosen: boolean; onChoose: (slug: string) => void }) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isChosen) item.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  const { is, text } = open(place);
  const there = [...place.facilities, ...place.activities].map((type) => labels.get(type) ?? type);
  return (
    <li ref={item} className={isChosen ? 'chosen' : ''}>
      <h3>
        <button type="button" aria-expanded={isChosen} onClick={() => onChoose(isChosen ? '' : place.slug)}>{place.name}</button>
        {metres !== null && <span className="distance"> {distance(metres)}</span>}
      </h3>
      <p>{place.address?.line ?? place.settlement}</p>
      <p className={is === true ? 'open' : 'hours'}>{text}</p>
      {isChosen && (
        <div className="more">
          {place.openingHoursText && <p>{place.openingHoursText}</p>}
          {/* An empty list is "not known", never "nothing". */}
          <p>{there.length > 0 ? there.join(', ') : 'Wat er is, weten we nog niet.'}</p>
          {place.wheelchairAccessible !== null && <p>{place.wheelchairAccessible ? 'Toegankelijk met een rolstoel' : 'Niet toegankelijk met een rolstoel'}</p>}
          <p className="links">
            {place.website && <a href={place.website}>Website</a>}
            {place.contact?.email && <a href={`mailto:${place.contact.email}`}>E-mail</a>}
            {place.contact?.phone && <a href={`tel:${place.contact.phone.replaceAll(' ', '')}`}>{place.contact.phone}</a>}
            {place.location?.precision === 'ADDRESS' && (
              <a href={`https://www.openstreetmap.org/directions?to=${place.location.lat},${place.location.lon}`}>Route</a>
            )}
            <Share title={place.name} />
          </p>
        </div>
      )}
    </li>
  );
}

/** The address of the page shows this place; a telephone has its own way to send it on. */
function Share({ title }: { title: string }) {
  const share = async () => {
    if (navigator.share) await navigator.share({ title, url: location.href }).catch(() => undefined);
    else await navigator.clipboard.writeText(location.href);
  };
  return <button type="button" className="link" onClick={() => void share()}>Delen</button>;
}
