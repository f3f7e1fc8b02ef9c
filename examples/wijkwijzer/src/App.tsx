import { useMemo } from 'react';
import { useQuery } from 'urql';
import { Agenda } from './Agenda';
import { useChoice } from './choice';
import { PlaceList } from './PlaceList';
import { PlaceMap } from './PlaceMap';
import { FRAME, NEAREST, PLACES } from './queries';
import { MUNICIPALITY } from './settings';
import type { PlaceInListFragment } from './gql/graphql';
import { distance, open } from './words';

/** A place in the list, with its distance where a postcode was given. */
export type Listed = { place: PlaceInListFragment; metres: number | null };

export function App() {
  const [choice, change] = useChoice();
  const [{ data: frame, error: frameError }] = useQuery({ query: FRAME, variables: { code: MUNICIPALITY } });

  const within = useMemo(
    () => (choice.wijk ? { settlements: [choice.wijk] } : { municipalities: [MUNICIPALITY] }),
    [choice.wijk],
  );
  const text = choice.zoek || null;
  const [inArea] = useQuery({ query: PLACES, variables: { within, text }, pause: choice.postcode !== '' });
  const [near] = useQuery({ query: NEAREST, variables: { postcode: choice.postcode, text }, pause: choice.postcode === '' });

  const asked = choice.postcode ? near : inArea;
  const all: Listed[] = choice.postcode
    ? (near.data?.nearestPlaces.edges ?? []).map(({ node, distance }) => ({ place: node, metres: distance }))
    : (inArea.data?.places.nodes ?? []).map((place) => ({ place, metres: null }));
  const listed = choice.open ? all.filter(({ place }) => open(place).is === true) : all;
  const unknown = all.filter(({ place }) => open(place).is === null).length;

  if (frameError) return <main><p role="alert">De gegevens zijn nu niet te bereiken. Probeer het straks nog eens.</p></main>;
  const municipality = frame?.municipality;
  if (!frame || !municipality) return <main><p>Even geduld…</p></main>;
  const labels = new Map([...frame.facilityTypes, ...frame.activityTypes].map(({ type, label }) => [String(type), label]));
  const villages = municipality.settlements.filter(({ placeCount }) => placeCount > 0);

  return (
    <>
      <header>
        <h1>Ontmoeten in {municipality.name}</h1>
        <form role="search" onSubmit={(event) => event.preventDefault()}>
          <label>
            Dorp of wijk
            <select value={choice.wijk} onChange={(event) => change({ wijk: event.target.value, postcode: '' })}>
              <option value="">de hele gemeente</option>
              {villages.map(({ slug, name }) => <option key={slug} value={slug}>{name}</option>)}
            </select>
          </label>
          {/* Asked when it is complete: half a postcode is none. */}
          <label>
            Postcode
            <input
              key={choice.postcode}
              defaultValue={choice.postcode}
              autoComplete="postal-code"
              inputMode="text"
              placeholder="7411 AB"
              size={8}
              onChange={(event) => {
                const value = event.target.value.trim().toUpperCase();
                if (value === '' || /^[1-9]\d{3}\s?[A-Z]{2}$/.test(value)) change({ postcode: value, wijk: '' });
              }}
              onBlur={(event) => {
                const value = event.target.value.trim();
                if (/^[1-9]\d{3}$/.test(value)) change({ postcode: value, wijk: '' });
              }}
            />
          </label>
          <label>
            Zoek
            <input type="search" defaultValue={choice.zoek} placeholder="bridge, bibliotheek…" onBlur={(event) => change({ zoek: event.target.value.trim() })}
              onKeyDown={(event) => event.key === 'Enter' && change({ zoek: event.currentTarget.value.trim() })} />
          </label>
          <label className="check">
            <input type="checkbox" checked={choice.open} onChange={(event) => change({ open: event.target.checked })} />
            Nu open
          </label>
        </form>
      </header>
      <main>
        <section aria-labelledby="places">
          <h2 id="places">Plekken</h2>
          <p role="status">
            {asked.fetching && 'Even geduld…'}
            {asked.error && sentence(asked.error.graphQLErrors[0]?.message)}
            {asked.data && !asked.error && `${listed.length} ${listed.length === 1 ? 'plek' : 'plekken'}`}
            {asked.data && choice.open && unknown > 0 && `; van ${unknown} weten we de openingstijden niet`}
            {near.data && choice.postcode && !asked.error && `, gerekend vanaf het midden van ${choice.postcode} (tot ${distance(near.data.nearestPlaces.originUncertainty)} ernaast)`}
          </p>
          <PlaceMap listed={listed} centre={municipality.labelPoint} chosen={choice.plek} onChoose={(plek) => change({ plek })} />
          <PlaceList listed={listed} labels={labels} chosen={choice.plek} onChoose={(plek) => change({ plek })} />
        </section>
        <Agenda within={within} onChoose={(plek) => change({ plek })} />
      </main>
      <footer>
        {municipality.contactPoint && (
          <p>
            Vragen? {municipality.contactPoint.organisation ?? municipality.contactPoint.role}
            {municipality.contactPoint.email && <>: <a href={`mailto:${municipality.contactPoint.email}`}>{municipality.contactPoint.email}</a></>}
          </p>
        )}
        <p>Bron: {frame.dataset.attribution.join('; ')}. Editie {frame.dataset.edition}.</p>
      </footer>
    </>
  );
}

/** The service says in one sentence what is wrong, in English; of a postcode this page says it in Dutch. */
function sentence(message?: string): string {
  if (!message) return 'De gegevens zijn nu niet te bereiken. Probeer het straks nog eens.';
  return /postcode/i.test(message) ? 'Die postcode kennen we niet in Overijssel.' : message;
}
