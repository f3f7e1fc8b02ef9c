// Dates, distances and opening hours in Dutch.
import type { PlaceInListFragment } from './gql/graphql';

const ZONE = 'Europe/Amsterdam';
const DAY = new Intl.DateTimeFormat('nl-NL', { weekday: 'long', day: 'numeric', month: 'long', timeZone: ZONE });
const TIME = new Intl.DateTimeFormat('nl-NL', { hour: 'numeric', minute: '2-digit', timeZone: ZONE });

export const day = (moment: string) => DAY.format(new Date(moment));
export const time = (moment: string) => TIME.format(new Date(moment));

export function distance(metres: number): string {
  return metres < 1000 ? `${Math.round(metres / 10) * 10} m` : `${(metres / 1000).toFixed(1).replace('.', ',')} km`;
}

/** Whether it is open: three answers, since nobody knows is not closed. */
export function open(place: PlaceInListFragment): { is: boolean | null; text: string } {
  if (place.openNow === true) return { is: true, text: 'Nu open' };
  if (place.openNow === false) {
    const next = place.nextOpening ? `, weer open ${day(place.nextOpening)} om ${time(place.nextOpening)} uur` : '';
    return { is: false, text: `Nu gesloten${next}` };
  }
  return { is: null, text: 'Openingstijden niet bekend' };
}
