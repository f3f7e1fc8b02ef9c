// Everything that this site asks. Each query was tried in the explorer of noaber (/graphiql) first, and copied.
import { graphql } from './gql';

/** What does not change while somebody looks: the municipality, its villages and districts, the words of the vocabularies. */
export const FRAME = graphql(`
  query Frame($code: String!) {
    municipality(by: { code: $code }) {
      name
      labelPoint { lon lat }
      contactPoint { role organisation url email phone }
      settlements { slug name placeCount }
    }
    facilityTypes { type label }
    activityTypes { type label }
    dataset { edition attribution }
  }
`);

/** What the list shows of a place. */
export const PLACE = graphql(`
  fragment PlaceInList on Place {
    slug
    name
    settlement
    address { line }
    location { lon lat precision }
    facilities
    activities
    openNow
    nextOpening
    openingHoursText
    wheelchairAccessible
    website
    contact { role organisation email phone url }
  }
`);

/** The places in an area. 100 is the most of one page; a larger town asks for the next with \`after\`. */
export const PLACES = graphql(`
  query Places($within: AreaInput!, $text: String) {
    places(filter: { within: $within, text: $text }, first: 100) {
      totalCount
      nodes { ...PlaceInList }
    }
  }
`);

/** The places near a postcode, nearest first. */
export const NEAREST = graphql(`
  query Nearest($postcode: String!, $text: String) {
    nearestPlaces(to: { postcode: $postcode }, maxDistance: 10000, filter: { text: $text }, first: 25) {
      totalCount
      origin { lon lat }
      originUncertainty
      edges { distance node { ...PlaceInList } }
    }
  }
`);

/** What is on from one moment to another. */
export const AGENDA = graphql(`
  query Agenda($within: AreaInput!, $from: DateTime!, $until: DateTime!) {
    activities(
      filter: { between: { from: $from, until: $until }, places: { within: $within } }
      orderBy: { field: NEXT, direction: ASC }
      first: 100
    ) {
      totalCount
      nodes {
        id
        name
        free
        cost
        minAge
        maxAge
        registrationRequired
        organiser
        website
        place { slug name settlement }
        occurrences(from: $from, until: $until, first: 20) { start end }
      }
    }
  }
`);
