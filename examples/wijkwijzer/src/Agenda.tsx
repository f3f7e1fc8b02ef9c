import { useMemo } from 'react';
import { useQuery } from 'urql';
import type { AgendaQuery, AreaInput } from './gql/graphql';
import { AGENDA } from './queries';
import { SERVER } from './settings';
import { day, time } from './words';

type Activity = AgendaQuery['activities']['nodes'][number];

/** What is on in the coming week, by day. */
export function Agenda({ within, onChoose }: { within: AreaInput; onChoose: (slug: string) => void }) {
  const [from, until] = useMemo(() => {
    // To the whole hour, so that visitors of one hour share one answer.
    const now = new Date();
    now.setMinutes(0, 0, 0);
    return [now.toISOString(), new Date(now.getTime() + 7 * 86_400_000).toISOString()];
  }, []);
  const [{ data, fetching, error }] = useQuery({ query: AGENDA, variables: { within, from, until } });

  const days = new Map<string, { activity: Activity; start: string; end: string | null | undefined }[]>();
  const held = (data?.activities.nodes ?? []).flatMap((activity) => activity.occurrences.map(({ start, end }) => ({ activity, start, end })));
  held.sort((a, b) => a.start.localeCompare(b.start));
  for (const one of held) days.set(day(one.start), [...(days.get(day(one.start)) ?? []), one]);

  const place = 'settlements' in within && within.settlements ? `settlement=${within.settlements[0]}` : `municipality=${within.municipalities?.[0]}`;
  return (
    <section aria-labelledby="agenda">
      <h2 id="agenda">Deze week</h2>
      {fetching && <p>Even geduld…</p>}
      {error && <p role="alert">De agenda is nu niet te bereiken.</p>}
      {data && held.length === 0 && <p>Van deze week weten we nog niets. Houdt u een agenda bij? Geef haar door aan de gemeente.</p>}
      {[...days].map(([name, activities]) => (
        <div key={name} className="day">
          <h3>{name}</h3>
          <ul>
            {activities.map(({ activity, start, end }) => (
              <li key={activity.id + start}>
                <strong>{time(start)}{end ? `–${time(end)}` : ''}</strong> {activity.website ? <a href={activity.website}>{activity.name}</a> : activity.name}
                {' · '}
                <button type="button" className="link" onClick={() => onChoose(activity.place.slug)}>{activity.place.name}, {activity.place.settlement}</button>
                {details(activity)}
              </li>
            ))}
          </ul>
        </div>
      ))}
      <p className="links"><a href={`${SERVER}/activities.ics?${place}`}>In uw eigen agenda</a></p>
    </section>
  );
}

function details({ free, cost, minAge, maxAge, registrationRequired, organiser }: Activity): string {
  const parts = [
    cost ?? (free ? 'gratis' : null),
    minAge != null && maxAge != null ? `${minAge} tot en met ${maxAge} jaar` : minAge != null ? `vanaf ${minAge} jaar` : maxAge != null ? `tot en met ${maxAge} jaar` : null,
    registrationRequired ? 'aanmelden' : null,
    organiser,
  ];
  const known = parts.filter(Boolean);
  return known.length > 0 ? ` · ${known.join(' · ')}` : '';
}
