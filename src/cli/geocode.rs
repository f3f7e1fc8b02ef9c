//! The command that finds where addresses are, and those with which a person decides what it doubts.

use std::{fmt::Write as _, process::ExitCode};

use anyhow::{Context, bail};
use chrono::{DateTime, SubsecRound, Utc};
use clap::{Args, Subcommand, ValueEnum};

use super::{
    progress::{Progress, Unit},
    stopped, tell, tell_error,
    tongue::{self, say},
};
use crate::{
    app,
    claims::plausibility::Surroundings,
    config::Config,
    edition::Edition,
    geocode::{
        self, Wanted,
        accept::doubt_in_dutch,
        apply::{self, Applied, apply},
        offline::Known,
        pdok::{Pdok, Timeouts},
        run::{Desk, End, Found, MachineClock, Pace},
    },
    model::{
        Books, GeocodingState, Language, Provider,
        vocabulary::{LocationPrecision, Term},
    },
    store::{Store, StoreError},
};

/// How often to begin anew when another writer was faster.
const ATTEMPTS: u32 = 5;

/// So many places are named in a list; of the rest only the number is told.
const NAMED: usize = 50;

/// What is to be done.
#[derive(Args)]
pub(super) struct Geocode {
    #[command(subcommand)]
    decide: Option<Decide>,
    #[command(flatten)]
    options: Options,
}

#[derive(Args)]
struct Options {
    /// Which places; an import leaves few without a location
    #[arg(long, value_enum, ignore_case = true, default_value_t = Only::CoarserThanAddress)]
    only: Only,
    /// Who is asked
    #[arg(long, value_enum, default_value_t = By::Pdok)]
    provider: By,
    /// Questions a second at most
    #[arg(long, value_name = "NUMBER", default_value_t = 5.0, value_parser = rate)]
    rate: f64,
    /// How many places at most
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
    /// Ask, and show what would change, but change nothing; the answers are kept
    #[arg(long)]
    dry_run: bool,
    /// Where PDOK Locatieserver is [default: https://api.pdok.nl/bzk/locatieserver/search/v3_1/]
    #[arg(long, value_name = "URL")]
    pdok_url: Option<String>,
}

#[derive(Subcommand)]
enum Decide {
    /// What waits for a person, or everything that was found
    List {
        /// Also what is served or was rejected
        #[arg(long)]
        all: bool,
    },
    /// What was found is right: serve it
    Accept {
        /// The place: what follows `place:` in its id, or the whole id
        key: String,
    },
    /// What was found is wrong: do not serve it, and do not ask again until the address changes
    Reject {
        /// The place: what follows `place:` in its id, or the whole id
        key: String,
    },
}

/// Which places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "SCREAMING_SNAKE_CASE")]
enum Only {
    /// Those without a location
    Missing,
    /// Also those that stand at the middle of a district or village, or of a street
    CoarserThanAddress,
}

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// PDOK Locatieserver, over the network
    Pdok,
    /// What the database knows: the point of the same address, else the outline of the district or village
    Offline,
}

impl Geocode {
    /// `--pdok-url`, which is a setting.
    pub(super) fn pdok_url(&self) -> Option<String> {
        self.options.pdok_url.clone()
    }
}

fn rate(text: &str) -> Result<f64, String> {
    let rate: f64 = text.parse().map_err(|_| "expected a number".to_owned())?;
    if (0.01..=50.0).contains(&rate) { Ok(rate) } else { Err("expected a number from 0.01 to 50".to_owned()) }
}

/// `noaber geocode …`
pub(super) async fn run(config: &Config, what: Geocode, language: Language) -> anyhow::Result<ExitCode> {
    tongue::ensure_there(config, language)?;
    match what.decide {
        None => look_up(config, &what.options, language).await,
        Some(Decide::List { all }) => {
            let (store, _) = app::prepare_existing(config).await?;
            let books = store.books().await?;
            store.close().await;
            tell(&list(&books, all, language)).map(|()| ExitCode::SUCCESS)
        }
        Some(Decide::Accept { key }) => decide(config, &key, true, language).await,
        Some(Decide::Reject { key }) => decide(config, &key, false, language).await,
    }
}

async fn look_up(config: &Config, options: &Options, language: Language) -> anyhow::Result<ExitCode> {
    let stopped = stopped()?;
    let (store, _) = app::prepare_existing(config).await?;
    let books = store.books().await?;
    let only = if options.only == Only::Missing { geocode::Only::Missing } else { geocode::Only::CoarserThanAddress };
    let mut wanted = geocode::wanted(&books, only);
    let all = wanted.len();
    if options.provider == By::Pdok {
        wanted.retain(|wanted| !geocode::query::questions(wanted).is_empty());
    }
    let unasked = all - wanted.len();
    wanted.truncate(options.limit.unwrap_or(usize::MAX));
    let now = Utc::now().trunc_subsecs(0);

    let found = match options.provider {
        By::Offline => offline(&books, wanted),
        By::Pdok => {
            let edition = Edition::build(books.facts.clone())?;
            let surroundings = Surroundings::of(&edition, &[]);
            let service = Pdok::new(&config.pdok, Timeouts::default()).context("no thread to ask in")?;
            let (clock, pace) = (MachineClock::start(), Pace::at_rate(options.rate));
            let progress = Progress::new(
                say(language, "opzoeken", "asking").to_owned(),
                Unit::Things(say(language, "plekken", "places")),
            );
            let wanted_in_all = wanted.len() as u64;
            let done = |done: usize| progress.at(done as u64, wanted_in_all);
            let desk = Desk { store: &store, service: &service, clock: &clock, pace, surroundings: &surroundings };
            let found = geocode::run::run(desk, wanted, stopped, done).await;
            progress.clear();
            found?
        }
    };
    let (applied, number) = publish(&store, options, &found, now).await?;
    store.close().await;
    let (applied, edition) = applied;
    let database = config.database_place();
    tell(&summary(&found, &applied, &books, options, language))?;
    if unasked > 0 {
        tell(&say(
            language,
            format!("Zonder adres om op te zoeken, en daarom gelaten zoals ze zijn: {unasked}.\n"),
            format!("Without an address to ask for, and so left as they are: {unasked}.\n"),
        ))?;
    }
    tell(&match number {
        _ if options.dry_run && applied.located.is_empty() => say(
            language,
            "Proef: niets gewijzigd. Geen enkele ligging zou anders worden.\n",
            "A trial: nothing was changed. No location would be another.\n",
        )
        .to_owned(),
        _ if options.dry_run => say(
            language,
            format!("Proef: niets gewijzigd. Het zou editie {edition} zijn geworden.\n"),
            format!("A trial: nothing was changed. It would have become edition {edition}.\n"),
        ),
        Some(number) => say(
            language,
            format!("Opgeslagen als editie {edition} (nummer {number}) in {database}.\n"),
            format!("Stored as edition {edition} (number {number}) in {database}.\n"),
        ),
        None => say(language, "De gegevens blijven zoals ze waren.\n", "The data stays as it was.\n").to_owned(),
    })?;
    let at = &config.pdok;
    if let End::GaveUp(failure) = &found.end {
        tell_error(&say(
            language,
            format!(
                "PDOK Locatieserver op {at} is opgegeven ({}); wat beantwoord is, is bewaard; geef de opdracht later nog eens",
                failure.in_dutch()
            ),
            format!(
                "PDOK Locatieserver at {at} was given up: {failure}; what was answered is kept, run the command again later"
            ),
        ));
    } else if found.verdicts.is_empty()
        && let Some((_, failure)) = found.failed.last()
    {
        tell_error(&say(
            language,
            format!("PDOK Locatieserver op {at}: {}", failure.in_dutch()),
            format!("PDOK Locatieserver at {at}: {failure}"),
        ));
    }
    let nothing_done = found.verdicts.is_empty() && (!found.failed.is_empty() || found.left > 0);
    Ok(if nothing_done { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn offline(books: &Books, wanted: Vec<Wanted>) -> Found {
    let known = Known::of(books);
    let verdicts = wanted.into_iter().map(|wanted| {
        let verdict = known.find(&wanted);
        (wanted, verdict)
    });
    Found { verdicts: verdicts.collect(), asked: 0, from_cache: 0, failed: Vec::new(), left: 0, end: End::Done }
}

/// Puts what was found into the books as they are by now, and records the edition that it makes.
async fn publish(
    store: &Store,
    options: &Options,
    found: &Found,
    now: DateTime<Utc>,
) -> anyhow::Result<((Applied, String), Option<i32>)> {
    let provider = if options.provider == By::Pdok { Provider::Pdok } else { Provider::Offline };
    let note = if options.provider == By::Pdok { "geocode, PDOK Locatieserver" } else { "geocode, offline" };
    for attempt in 1.. {
        let mut done = None;
        let number = store.revise(note, |books| {
            let applied = apply(books, provider, &found.verdicts, now);
            let built = Edition::id_where_sound(applied.books.facts.clone());
            let changed = applied.books != *books && !options.dry_run;
            let result = built.map(|id| (applied, id));
            let revised =
                result.as_ref().ok().filter(|_| changed).map(|(applied, id)| (applied.books.clone(), id.clone()));
            done = Some(result);
            revised
        });
        match (number.await, done) {
            (Ok(number), Some(done)) => return Ok((done?, number)),
            (Err(StoreError::Raced(_)), _) if attempt < ATTEMPTS => {}
            (Err(cause), _) => return Err(cause.into()),
            (Ok(_), None) => bail!("nothing was asked of the database"),
        }
    }
    unreachable!("the last attempt returns")
}

fn summary(found: &Found, applied: &Applied, before: &Books, options: &Options, language: Language) -> String {
    let mut text = String::new();
    let ledger = &applied.books.ledger;
    let is_exact = |key: &String| ledger.found_at(key).is_some_and(|at| at.precision == LocationPrecision::Address);
    let exact = applied.located.iter().filter(|(key, _)| is_exact(key)).count();
    let all = found.verdicts.len() + found.failed.len() + found.left;
    let (coarser, waiting) = (applied.located.len() - exact, applied.waiting.len());
    let (nothing, failed, left) = (applied.not_found.len(), found.failed.len(), found.left);
    text.push_str(&say(
        language,
        format!(
            "Plekken: {all}. Gevonden op het adres: {exact}, minder precies: {coarser}, wacht op een beslissing: {waiting}, \
             niets beters gevonden: {nothing}, mislukt: {failed}, niet aan toegekomen: {left}.\n"
        ),
        format!(
            "Places: {all}. Located at the address: {exact}, coarser: {coarser}, waiting for a person: {waiting}, nothing \
             better found: {nothing}, failed: {failed}, not come to: {left}.\n"
        ),
    ));
    if options.provider == By::Pdok {
        let (asked, cached) = (found.asked, found.from_cache);
        text.push_str(&say(
            language,
            format!("Vragen gesteld: {asked}, uit de database beantwoord: {cached}.\n"),
            format!("Questions asked: {asked}, answered from the database: {cached}.\n"),
        ));
    }
    if found.end == End::Stopped {
        text.push_str(say(
            language,
            "Gestopt; wat beantwoord is, is bewaard, en de volgende keer gaat het daar verder.\n",
            "Stopped; what was answered is kept, and the next run goes on from here.\n",
        ));
    }
    if !applied.overtaken.is_empty() {
        let overtaken = applied.overtaken.join(", ");
        text.push_str(&say(
            language,
            format!("Intussen door iemand anders gewijzigd, en zo gelaten: {overtaken}.\n"),
            format!("Changed by somebody else meanwhile, and left alone: {overtaken}.\n"),
        ));
    }
    let named = |key: &String| {
        let place = before.facts.places.iter().find(|place| place.key == *key);
        place.map_or_else(|| key.clone(), |place| format!("{}, {} [{key}]", place.name, place.settlement))
    };
    for (key, _) in applied.located.iter().take(NAMED) {
        if let Some((found, at)) = ledger.geocodings.get(key).zip(ledger.found_at(key)) {
            let radius = at.uncertainty_radius_m;
            let radius = if radius > 0.0 { format!(" ±{radius:.0} m") } else { String::new() };
            // Writing into a String does not fail.
            let precision = precision(at.precision, language);
            let _ = writeln!(text, "  {}: {} ({precision}{radius})", named(key), found.matched);
        }
    }
    if applied.located.len() > NAMED {
        let _ = writeln!(text, "  {} {}", say(language, "en nog", "and"), applied.located.len() - NAMED);
    }
    for (wanted, failure) in found.failed.iter().take(NAMED) {
        let _ = match language {
            Language::Nl => writeln!(text, "  {}: geen antwoord: {}", named(&wanted.place), failure.in_dutch()),
            Language::En => writeln!(text, "  {}: no answer: {failure}", named(&wanted.place)),
        };
    }
    if !applied.waiting.is_empty() {
        text.push_str(say(
            language,
            "`noaber geocode list` toont wat op een beslissing wacht.\n",
            "`noaber geocode list` shows what waits for a person.\n",
        ));
    }
    text
}

async fn decide(config: &Config, key: &str, is_right: bool, language: Language) -> anyhow::Result<ExitCode> {
    let key = key.strip_prefix("place:").unwrap_or(key);
    let (store, _) = app::prepare_existing(config).await?;
    let now = Utc::now().trunc_subsecs(0);
    let note = format!("geocode, {} {key}", if is_right { "accepted" } else { "rejected" });
    let mut built = None;
    let number = store
        .revise(&note, |books| {
            let after = if is_right { apply::accept(books, key, now) } else { apply::reject(books, key, now) }?;
            match built.insert(Edition::id_where_sound(after.facts.clone())) {
                Ok(id) => Some((after, id.clone())),
                Err(_) => None,
            }
        })
        .await?;
    store.close().await;
    let Some(built) = built else {
        bail!(say(
            language,
            format!(
                "voor `{key}` is niets gevonden dat daarop wacht; `noaber geocode list --all` toont wat gevonden is"
            ),
            format!(
                "nothing that was found for `{key}` waits for that; `noaber geocode list --all` shows what was found"
            ),
        ));
    };
    let edition = built?;
    let decided = match is_right {
        true => say(language, "wordt getoond", "is served"),
        false => say(
            language,
            "wordt niet getoond, en pas opnieuw opgezocht als het adres verandert",
            "is not served, and not asked again until the address changes",
        ),
    };
    let [of_edition, of_number] = say(language, ["editie", "nummer"], ["edition", "number"]);
    let stored = number.map(|number| format!("; {of_edition} {edition} ({of_number} {number})")).unwrap_or_default();
    let found = say(language, "wat gevonden is voor", "what was found for");
    tell(&format!("{found} place:{key} {decided}{stored}\n"))?;
    Ok(ExitCode::SUCCESS)
}

fn list(books: &Books, all: bool, language: Language) -> String {
    let mut text = String::new();
    let doubt = |reason: &String| say(language, doubt_in_dutch(reason), reason.clone());
    for (key, found) in &books.ledger.geocodings {
        if !all && !matches!(found.state, GeocodingState::Waiting(_)) {
            continue;
        }
        // What was taken back with the source that said it.
        let Some(at) = books.ledger.found_at(key) else { continue };
        let place = books.facts.places.iter().find(|place| place.key == *key);
        let name = place.map_or("?", |place| place.name.as_str());
        let address = place.map(|place| match &place.address {
            Some(address) => address.line(&place.settlement),
            None => place.settlement.clone(),
        });
        let state = match found.state {
            GeocodingState::Accepted => say(language, "getoond", "served"),
            GeocodingState::Waiting(_) => say(language, "wacht", "waits"),
            GeocodingState::Rejected(_) => say(language, "afgewezen", "rejected"),
        };
        let [of_place, of_found, at_point] =
            say(language, ["plek:    ", "gevonden:", "op"], ["place:", "found:", "at"]);
        let _ = writeln!(
            text,
            "{state}{reason}\n  {of_place} {name}, {address}  [{key}]\n  {of_found} {matched} {at_point} {lon:.6}, {lat:.6} ({precision} \
             ±{radius:.0} m), {day}  [{source}]",
            reason = found.reason.as_ref().map(|reason| format!(": {}", doubt(reason))).unwrap_or_default(),
            address = address.unwrap_or_default(),
            matched = found.matched,
            lon = at.lon,
            lat = at.lat,
            precision = precision(at.precision, language),
            radius = at.uncertainty_radius_m,
            day = found.found_on,
            source = found.source,
        );
        if matches!(found.state, GeocodingState::Waiting(_)) {
            let _ = writeln!(text, "  noaber geocode accept {key}\n  noaber geocode reject {key}");
        }
        text.push('\n');
    }
    if text.is_empty() {
        say(language, "er wacht niets op een beslissing\n", "nothing waits for a person\n").to_owned()
    } else {
        text
    }
}

/// What a point stands for, as it is told.
fn precision(precision: LocationPrecision, language: Language) -> &'static str {
    match precision.label().filter(|_| language == Language::Nl) {
        Some(label) => &label.label_nl,
        None => precision.name(),
    }
}
