//! The pages for people: the list of places (`/`, `/en`), the worked examples (`/examples`, `/en/examples`), privacy and
//! removal (`/privacy`, `/en/privacy`), the list and map for other sites (`/embed`), what writes a snippet for these (`/embed/maker`,
//! `/en/embed/maker`) and the GraphiQL explorer (`/graphiql`), with the files they load.
//!
//! This room renders and serves; it asks nothing. Whoever owns the edition fills [`landing::LandingView`],
//! [`examples::ExamplesView`] and [`explorer::ExplorerView`], calls their `render`, and sends the answer with the content security
//! policy of that page and [`SECURITY_HEADERS`]. No page sets a cookie, and none loads anything from elsewhere but the map for other
//! sites where it was asked for the national base map. Only the explorer needs a script.

pub(in crate::http) mod assets;
pub(in crate::http) mod examples;
pub(in crate::http) mod explorer;
pub(in crate::http) mod frame;
pub(in crate::http) mod landing;
pub(in crate::http) mod language;
pub(in crate::http) mod links;
pub(in crate::http) mod list;
pub(in crate::http) mod maker;
pub(in crate::http) mod missing;
pub(in crate::http) mod municipality;
pub(in crate::http) mod page;
pub(in crate::http) mod place;
pub(in crate::http) mod privacy;
pub(in crate::http) mod words;
