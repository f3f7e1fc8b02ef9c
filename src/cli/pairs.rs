//! The command by which a person decides on doubtful pairs of a record and a place.

use anyhow::bail;
use chrono::Utc;
use clap::{Args, Subcommand};

use super::{
    editions, tell,
    tongue::{self, say},
};
use crate::{
    app,
    claims::elements::SAME_ELEMENT,
    config::Config,
    model::{Books, Language, MunicipalityCode, Pair, PairKey},
};

/// What is done about doubtful pairs.
#[derive(Subcommand)]
pub(super) enum Pairs {
    /// Those that wait for a decision, or all
    List {
        /// Also those that have been decided
        #[arg(long)]
        all: bool,
    },
    /// The record is that place: the next import updates it
    Same(PairArgs),
    /// The record is another place: the next import makes it a new one
    Different(PairArgs),
}

/// A pair, as `noaber pairs list` shows it.
#[derive(Args)]
pub(super) struct PairArgs {
    /// The record
    record: String,
    /// The key of the place
    place: String,
}

/// `noaber pairs …`
pub(super) async fn run(config: &Config, what: Pairs, language: Language) -> anyhow::Result<()> {
    let (pair, same) = match what {
        Pairs::List { all } => {
            let store = editions::open_to_read(config, language).await?;
            let books = store.books().await?;
            store.close().await;
            return tell(&list_of_pairs(&books, all, language));
        }
        Pairs::Same(pair) => (pair, true),
        Pairs::Different(pair) => (pair, false),
    };
    tongue::ensure_there(config, language)?;
    let (store, _) = app::prepare_existing(config).await?;
    let key = PairKey { record: pair.record, place: pair.place };
    let mut is_known = false;
    store
        .revise("noaber pairs", |books| {
            let mut after = books.clone();
            is_known = after.ledger.pairs.contains_key(&key)
                || (is_record(&key.record) && books.facts.places.iter().any(|place| place.key == key.place));
            let pair = after.ledger.pairs.entry(key.clone()).or_insert_with(|| Pair {
                // A record that was recognised without a doubt, and wrongly.
                source: String::new(),
                label: key.record.clone(),
                likeness: "recognised".to_owned(),
                same: None,
                decided: None,
            });
            (pair.same, pair.decided) = (Some(same), Some(Utc::now().date_naive()));
            is_known.then_some((after, String::new()))
        })
        .await?;
    store.close().await;
    if !is_known {
        let PairKey { record, place } = key;
        bail!(say(
            language,
            format!(
                "er is geen paar van `{record}` en `{place}`; `noaber pairs list` en het verslag van een import tonen ze zoals ze te schrijven zijn"
            ),
            format!(
                "there is no pair of `{record}` and `{place}`; `noaber pairs list` and the report of an import show them as they are to be written"
            ),
        ));
    }
    let PairKey { record, place } = key;
    let decided = match same {
        true => say(language, "dezelfde plek", "the same place"),
        false => say(language, "twee plekken", "two places"),
    };
    tell(&say(
        language,
        format!("`{record}` en `{place}` zijn {decided}; de volgende import handelt daarnaar\n"),
        format!("`{record}` and `{place}` are {decided}; the next import acts on it\n"),
    ))
}

/// `GM0148/het honk/dalfsen`
fn is_record(text: &str) -> bool {
    let mut parts = text.split('/');
    parts.next().is_some_and(|code| code.parse::<MunicipalityCode>().is_ok()) && parts.count() == 2
}

fn list_of_pairs(books: &Books, all: bool, language: Language) -> String {
    let mut text = String::new();
    let is_told = |pair: &Pair| {
        // For which place an element of a map was taken is nobody's decision, unless somebody decides otherwise.
        let is_noted = pair.likeness == SAME_ELEMENT && pair.decided.is_none();
        (all || pair.same.is_none()) && !is_noted
    };
    for (key, pair) in books.ledger.pairs.iter().filter(|(_, pair)| is_told(pair)) {
        let place = books.facts.places.iter().find(|place| place.key == key.place);
        let address = place.and_then(|place| place.address.as_ref().map(|address| address.line(&place.settlement)));
        let place = place.map_or("?", |place| place.name.as_str());
        let state = match pair.same {
            None => say(language, "wacht", "waits"),
            Some(true) => say(language, "dezelfde", "the same"),
            Some(false) => say(language, "verschillend", "different"),
        };
        let [record_of, place_of] = say(language, ["in de lijst:", "bekend:     "], ["record:", "place: "]);
        text.push_str(&format!(
            "{state} ({likeness})\n  {record_of} {label}  [{source}]\n  {place_of} {place}{address}\n  \
             noaber pairs same '{record}' '{key}'\n  noaber pairs different '{record}' '{key}'\n\n",
            likeness = likeness(&pair.likeness, language),
            label = pair.label,
            source = pair.source,
            address = address.map(|address| format!(", {address}")).unwrap_or_default(),
            record = key.record.replace('\'', "'\\''"),
            key = key.place,
        ));
    }
    if text.is_empty() {
        say(language, "er wacht geen paar op een beslissing\n", "no pair waits for a decision\n").to_owned()
    } else {
        text
    }
}

/// Why two may be the same, as it is told.
fn likeness(code: &str, language: Language) -> &str {
    let dutch = match code {
        "name-and-address" => "naam en adres gelijk",
        "spelling-and-address" => "bijna dezelfde naam, zelfde adres",
        "name-and-settlement" => "zelfde naam in dezelfde kern",
        "other-address" => "zelfde naam, ander adres",
        "other-settlement" => "zelfde naam, andere kern",
        "similar-name" => "bijna dezelfde naam",
        "other-name" => "zelfde adres, andere naam",
        "recognised" => "herkend",
        SAME_ELEMENT => "zelfde element van de kaart",
        other => other,
    };
    say(language, dutch, code)
}
