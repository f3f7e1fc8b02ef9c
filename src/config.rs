//! The settings of the service: defaults, `NOABER_*` variables and options of the command line, in one place.
//!
//! An option wins over a variable, a variable over a default. They are checked once, and all faults are told together.

use std::{
    collections::BTreeMap,
    fmt,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use ipnet::IpNet;
use tracing_subscriber::{EnvFilter, filter::LevelFilter};

use crate::{
    admission::{Memory, MemoryError, RatePolicy},
    store::{Access, AddressError, DatabaseUrl, Keep},
};

/// A setting: its variable, its option, what it is when neither is given, and what it does.
pub struct Setting {
    /// The environment variable.
    pub variable: &'static str,
    /// The option of the command line.
    pub option: &'static str,
    /// The value when neither is given.
    pub default: &'static str,
    /// What it does.
    pub help: &'static str,
}

const LISTEN: Setting = Setting {
    variable: "NOABER_LISTEN",
    option: "--listen",
    default: "127.0.0.1:8080",
    help: "address and port to serve on; port 0 takes a free one",
};
const DATABASE: Setting = Setting {
    variable: "NOABER_DATABASE",
    option: "--database",
    default: "sqlite://noaber.db?mode=rwc",
    help: "database: sqlite://FILE?mode=rwc or postgres://USER:PASSWORD@HOST/NAME",
};
const LOG: Setting = Setting {
    variable: "NOABER_LOG",
    option: "--log",
    default: "warn",
    help: "what is logged to standard error: error, warn, info, debug or trace, also by part (noaber=debug)",
};

const PDOK: Setting = Setting {
    variable: "NOABER_PDOK",
    option: "--pdok-url",
    default: "https://api.pdok.nl/bzk/locatieserver/search/v3_1/",
    help: "PDOK Locatieserver, which only `noaber geocode` asks",
};

const CONTACT: Setting = Setting {
    variable: "NOABER_CONTACT",
    option: "--contact",
    default: "",
    help: "a mailbox or page where the pages send corrections and requests for removal: data@example.nl or https://…",
};

const PUBLISHER: Setting = Setting {
    variable: "NOABER_PUBLISHER",
    option: "--publisher",
    default: "",
    help: "who publishes this, as the catalogue record and the OpenAPI document call it: Gemeente Voorbeeld",
};
const PUBLISHER_URL: Setting = Setting {
    variable: "NOABER_PUBLISHER_URL",
    option: "--publisher-url",
    default: "",
    help: "the address by which the publisher is known: its URI in the register of the government (TOOI), or its site",
};

const MEMORY: Setting = Setting {
    variable: "NOABER_MEMORY",
    option: "--memory",
    default: "512MiB",
    help: "about how much memory the server takes: what is kept, and how many connections are open, follows from it; at least 128MiB",
};

const RATE_LIMIT: Setting = Setting {
    variable: "NOABER_RATE_LIMIT",
    option: "--rate-limit",
    default: "30000000",
    help: "units of cost that one address may take in a minute, or off; unless it is given, this machine itself may take any",
};
const TRUSTED_PROXIES: Setting = Setting {
    variable: "NOABER_TRUSTED_PROXIES",
    option: "--trusted-proxies",
    default: "",
    help: "addresses or networks of proxies that are believed for whom they ask, separated by commas: 10.0.0.0/8,::1",
};
const METRICS: Setting = Setting {
    variable: "NOABER_METRICS",
    option: "--metrics",
    default: "",
    help: "address and port to serve figures for Prometheus on: 127.0.0.1:9090",
};

const START_WAIT: Setting = Setting {
    variable: "NOABER_START_WAIT",
    option: "--start-wait",
    default: "30s",
    help: "how long `noaber serve` waits at its start for a server of PostgreSQL that cannot be reached yet",
};
const LOCK_WAIT: Setting = Setting {
    variable: "NOABER_LOCK_WAIT",
    option: "--lock-wait",
    default: "30s",
    help: "how long a change waits for one that another process makes, before it gives up",
};
const READ_ONLY: Setting = Setting {
    variable: "NOABER_READ_ONLY",
    option: "--read-only",
    default: "false",
    help: "true: `noaber serve` only reads, from a replica, by a role with SELECT, or from a folder that is not written to",
};

const TRUST_CLOCK: Setting = Setting {
    variable: "NOABER_TRUST_CLOCK",
    option: "--trust-clock",
    default: "false",
    help: "true: commands change data also where facts, or the server of the database, are a day or more ahead of this machine's clock",
};

const KEEP_EDITIONS: Setting = Setting {
    variable: "NOABER_KEEP_EDITIONS",
    option: "--keep-editions",
    default: "all",
    help: "all, or so many days as 30d: of older editions the last of each month stays, and those that are cited",
};

/// All settings.
pub const SETTINGS: [&Setting; 16] = [
    &LISTEN,
    &DATABASE,
    &LOG,
    &PDOK,
    &CONTACT,
    &PUBLISHER,
    &PUBLISHER_URL,
    &MEMORY,
    &RATE_LIMIT,
    &TRUSTED_PROXIES,
    &METRICS,
    &START_WAIT,
    &LOCK_WAIT,
    &READ_ONLY,
    &TRUST_CLOCK,
    &KEEP_EDITIONS,
];

/// Checked settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where to serve.
    pub listen: SocketAddr,
    /// Address of the database.
    pub database: DatabaseUrl,
    /// What is logged.
    pub log: String,
    /// Where PDOK Locatieserver is; ends in a slash.
    pub pdok: String,
    /// Where corrections and requests for removal are sent: a mail address, or that of a page.
    pub contact: Option<String>,
    /// What the publisher is called.
    pub publisher: Option<String>,
    /// The address by which the publisher is known.
    pub publisher_url: Option<String>,
    /// About how much memory the server takes.
    pub memory: Memory,
    /// How much one client may take, where that is limited.
    pub rate_limit: Option<RatePolicy>,
    /// Proxies that are believed for whom they ask.
    pub trusted_proxies: Vec<IpNet>,
    /// Where figures are served, if anywhere.
    pub metrics: Option<SocketAddr>,
    /// How the database is used by `noaber serve`.
    pub access: Access,
    /// Whether the clock of this machine is believed, whatever else says otherwise.
    pub trust_clock: bool,
}

/// What the command line says of the settings.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `--listen`
    pub listen: Option<String>,
    /// `--database`
    pub database: Option<String>,
    /// `--log`
    pub log: Option<String>,
    /// `--pdok-url`
    pub pdok: Option<String>,
    /// `--contact`
    pub contact: Option<String>,
    /// `--publisher`
    pub publisher: Option<String>,
    /// `--publisher-url`
    pub publisher_url: Option<String>,
    /// `--memory`
    pub memory: Option<String>,
    /// `--rate-limit`
    pub rate_limit: Option<String>,
    /// `--trusted-proxies`
    pub trusted_proxies: Option<String>,
    /// `--metrics`
    pub metrics: Option<String>,
    /// `--start-wait`
    pub start_wait: Option<String>,
    /// `--lock-wait`
    pub lock_wait: Option<String>,
    /// `--read-only`
    pub read_only: Option<String>,
    /// `--trust-clock`
    pub trust_clock: Option<String>,
    /// `--keep-editions`
    pub keep_editions: Option<String>,
}

/// Settings that cannot be, one sentence each.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigError(Vec<String>);

impl std::error::Error for ConfigError {}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl Config {
    /// Reads the settings from the command line and from `variables`, which are those of the environment.
    ///
    /// # Errors
    /// [`ConfigError`] names each setting that is wrong, and variables that begin with `NOABER_` but are no setting.
    pub fn read(overrides: Overrides, variables: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let variables: BTreeMap<String, String> = variables.filter(|(name, _)| name.starts_with("NOABER_")).collect();
        let mut faults = Vec::new();
        for name in variables.keys() {
            if !SETTINGS.iter().any(|setting| setting.variable == name) {
                let known: Vec<&str> = SETTINGS.iter().map(|setting| setting.variable).collect();
                faults.push(format!("{name} is no setting; the settings are {}", known.join(", ")));
            }
        }
        // The value of a setting and by which name it was given.
        let value = |setting: &Setting, option: Option<String>| match (option, variables.get(setting.variable)) {
            (Some(value), _) => (value, setting.option),
            (None, Some(value)) => (value.clone(), setting.variable),
            (None, None) => (setting.default.to_owned(), setting.option),
        };

        let (listen, name) = value(&LISTEN, overrides.listen);
        let listen = listen.parse().map_err(|_| {
            faults.push(format!(
                "{name} is `{listen}`; expected an address and a port, such as 127.0.0.1:8080 or [::]:8080"
            ));
        });
        let (database, name) = value(&DATABASE, overrides.database);
        // The fault repeats nothing that may be a password.
        let database = database.parse().map_err(|fault: AddressError| faults.push(format!("{name} {fault}")));
        let (log, name) = value(&LOG, overrides.log);
        if !is_log_filter(&log) {
            faults.push(format!(
                "{name} is `{log}`; expected error, warn, info, debug, trace or parts such as noaber=debug"
            ));
        }
        let (mut pdok, name) = value(&PDOK, overrides.pdok);
        if !is_address(&pdok) || pdok.contains(|letter: char| letter.is_whitespace() || "?#".contains(letter)) {
            faults.push(format!("{name} is `{pdok}`; expected an address such as {}", PDOK.default));
        }
        if !pdok.ends_with('/') {
            pdok.push('/');
        }
        let (contact, name) = value(&CONTACT, overrides.contact);
        let contact = Some(contact).filter(|contact| !contact.is_empty());
        if let Some(contact) = contact.as_deref().filter(|contact| !is_contact(contact)) {
            faults.push(format!("{name} is `{contact}`; expected a mailbox such as data@example.nl, or a page such as https://www.example.nl/contact"));
        }
        let (publisher, name) = value(&PUBLISHER, overrides.publisher);
        let publisher = Some(publisher.trim().to_owned()).filter(|publisher| !publisher.is_empty());
        if let Some(publisher) = publisher.as_deref().filter(|publisher| publisher.chars().any(char::is_control)) {
            faults.push(format!("{name} is `{}`; expected a name on one line", publisher.escape_debug()));
        }
        let (publisher_url, name) = value(&PUBLISHER_URL, overrides.publisher_url);
        let publisher_url = Some(publisher_url).filter(|url| !url.is_empty());
        if let Some(url) = publisher_url.as_deref().filter(|url| !is_address(url) || !is_contact(url)) {
            faults.push(format!("{name} is `{url}`; expected an address such as https://www.example.nl/"));
        }
        let (memory, name) = value(&MEMORY, overrides.memory);
        let memory = memory.parse().unwrap_or_else(|refused: MemoryError| {
            faults.push(format!("{name} is `{memory}`; {refused}"));
            Memory::default()
        });
        let spares_this_machine = overrides.rate_limit.is_none() && !variables.contains_key(RATE_LIMIT.variable);
        let (rate_limit, name) = value(&RATE_LIMIT, overrides.rate_limit);
        let rate_limit = RatePolicy::read(&rate_limit, spares_this_machine).unwrap_or_else(|refused| {
            faults.push(format!("{name} is `{rate_limit}`; {refused}"));
            None
        });
        let (proxies, name) = value(&TRUSTED_PROXIES, overrides.trusted_proxies);
        let mut trusted_proxies = Vec::new();
        for proxy in proxies.split(',').map(str::trim).filter(|proxy| !proxy.is_empty()) {
            match proxy.parse().or_else(|_| proxy.parse::<IpAddr>().map(IpNet::from)) {
                Ok(network) => trusted_proxies.push(network),
                Err(_) => {
                    faults.push(format!("{name} has `{proxy}`; expected addresses or networks, such as 10.0.0.0/8,::1"))
                }
            }
        }
        let (metrics, name) = value(&METRICS, overrides.metrics);
        let metrics = match metrics.as_str() {
            "" => None,
            address => address
                .parse()
                .map_err(|_| {
                    faults
                        .push(format!("{name} is `{address}`; expected an address and a port, such as 127.0.0.1:9090"));
                })
                .ok(),
        };
        let mut wait = |setting, option| {
            let (wait, name) = value(setting, option);
            read_wait(&wait).unwrap_or_else(|| {
                faults.push(format!(
                    "{name} is `{wait}`; expected seconds or minutes up to an hour, such as 30s or 5min"
                ));
                Duration::ZERO
            })
        };
        let (start_wait, lock_wait) = (wait(&START_WAIT, overrides.start_wait), wait(&LOCK_WAIT, overrides.lock_wait));
        let mut is = |setting, option| {
            let (is, name) = value(setting, option);
            is.parse().unwrap_or_else(|_| {
                faults.push(format!("{name} is `{is}`; expected true or false"));
                false
            })
        };
        let read_only = is(&READ_ONLY, overrides.read_only);
        let trust_clock = is(&TRUST_CLOCK, overrides.trust_clock);
        let (keep, name) = value(&KEEP_EDITIONS, overrides.keep_editions);
        let keep = keep.parse().unwrap_or_else(|()| {
            faults.push(format!("{name} is `{keep}`; expected all, or 7 or more days, such as 30d"));
            Keep::All
        });
        match (listen, database) {
            (Ok(listen), Ok(database)) if faults.is_empty() => Ok(Self {
                listen,
                database,
                log,
                pdok,
                contact,
                publisher,
                publisher_url,
                memory,
                rate_limit,
                trusted_proxies,
                metrics,
                access: Access { start_wait, lock_wait, read_only, keep },
                trust_clock,
            }),
            _ => Err(ConfigError(faults)),
        }
    }

    /// How the database is used by a command that ends: it waits for no server.
    pub fn access_of_command(&self) -> Access {
        Access { start_wait: Duration::ZERO, read_only: false, ..self.access }
    }

    /// The names of the setting of the database, for a message.
    pub const DATABASE_OPTIONS: &str = "--database or NOABER_DATABASE";

    /// The database and the names of its setting, for a message: without user, password and options.
    pub fn database_named(&self) -> String {
        format!("{} ({})", self.database, Self::DATABASE_OPTIONS)
    }

    /// The database as somebody finds it again: the whole path of the file, or the server without user, password and options.
    pub fn database_place(&self) -> String {
        let file = self.database.file().and_then(|file| std::path::absolute(file).ok());
        file.map_or_else(|| self.database.to_string(), |file| file.display().to_string())
    }
}

/// A time to wait: `30s`, `5min`, or seconds without a unit.
fn read_wait(text: &str) -> Option<Duration> {
    const LONGEST_S: u64 = 3_600;
    let (number, unit_s) = match text.strip_suffix("min") {
        Some(minutes) => (minutes, 60),
        None => (text.strip_suffix('s').unwrap_or(text), 1),
    };
    let seconds = number.trim().parse::<u64>().ok()?.checked_mul(unit_s)?;
    (seconds <= LONGEST_S).then(|| Duration::from_secs(seconds))
}

/// Whether a text is an address on the web that names a host.
fn is_address(text: &str) -> bool {
    let rest = ["http://", "https://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
}

/// Whether a text is a mailbox, or the address of a page, that can stand in a link as it is.
fn is_contact(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\'' | '\\');
    let is_mailbox = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && !host.contains(['@', '/', '?'])
            && !name.contains(['?', '&', '%', '/'])
    });
    text.chars().all(is_plain) && (is_address(text) || is_mailbox)
}

/// Whether a text is a level, or levels by part, separated by commas. tracing itself takes any word for the name of a
/// part, and then logs nothing of the others.
fn is_log_filter(text: &str) -> bool {
    let is_level = |level: &str| !level.is_empty() && level.parse::<LevelFilter>().is_ok();
    let is_right = |part: &str| part.split_once('=').map_or(is_level(part), |(_, level)| is_level(level));
    text.split(',').all(|part| is_right(part.trim())) && EnvFilter::try_new(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(overrides: Overrides, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::read(overrides, variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn an_option_wins_over_a_variable_and_a_variable_over_the_default() {
        let listen = |overrides, variables: &[_]| read(overrides, variables).map(|config| config.listen.to_string());
        let option = || Overrides { listen: Some("127.0.0.1:3".to_owned()), ..Overrides::default() };
        assert_eq!(listen(Overrides::default(), &[]).as_deref(), Ok("127.0.0.1:8080"));
        assert_eq!(listen(Overrides::default(), &[("NOABER_LISTEN", "127.0.0.1:2")]).as_deref(), Ok("127.0.0.1:2"));
        assert_eq!(listen(option(), &[("NOABER_LISTEN", "127.0.0.1:2")]).as_deref(), Ok("127.0.0.1:3"));
    }

    #[test]
    fn a_sqlite_file_is_made_where_it_is_missing_unless_the_address_says_how_to_open_it() {
        for (given, opened) in [
            ("sqlite://noaber.db", "sqlite://noaber.db?mode=rwc"),
            ("sqlite:noaber.db?cache=private", "sqlite:noaber.db?cache=private&mode=rwc"),
            ("sqlite://noaber.db?mode=ro", "sqlite://noaber.db?mode=ro"),
            ("sqlite::memory:", "sqlite::memory:"),
            ("postgres://localhost/noaber", "postgres://localhost/noaber"),
        ] {
            let overrides = Overrides { database: Some(given.to_owned()), ..Overrides::default() };
            assert_eq!(read(overrides, &[]).map(|config| config.database.to_string()).as_deref(), Ok(opened));
        }
    }

    #[test]
    fn a_database_is_named_without_its_password() {
        let named = |url: &str| {
            let overrides = Overrides { database: Some(url.to_owned()), ..Overrides::default() };
            read(overrides, &[]).map(|config| config.database_named())
        };
        let setting = "(--database or NOABER_DATABASE)";
        assert_eq!(named("sqlite://a.db?mode=rwc"), Ok(format!("sqlite://a.db?mode=rwc {setting}")));
        assert_eq!(named("postgres://me:se@cret@host:1/db?password=x"), Ok(format!("postgres://host:1/db {setting}")));
        assert_eq!(named("postgresql:///db?host=/run"), Ok(format!("postgresql:///db {setting}")));
        let place = |url: &str| {
            let overrides = Overrides { database: Some(url.to_owned()), ..Overrides::default() };
            read(overrides, &[]).map(|config| config.database_place())
        };
        let here = std::env::current_dir().unwrap().join("a.db").display().to_string();
        assert_eq!(place("sqlite://a.db?mode=rwc"), Ok(here.clone()));
        assert_eq!(place("sqlite:a.db?mode=rwc"), Ok(here));
        assert_eq!(place("sqlite:///data/a.db?mode=rwc").as_deref(), Ok("/data/a.db"));
        assert_eq!(place("postgres://me:se@cret@host:1/db?password=x").as_deref(), Ok("postgres://host:1/db"));
    }

    #[test]
    fn a_word_that_is_no_level_is_refused_and_not_taken_for_the_name_of_a_part() {
        for (log, is_right) in [
            ("info", true),
            ("noaber=debug,warn", true),
            ("off", true),
            ("warning", false),
            ("inof", false),
            ("noaber=loud", false),
            ("", false),
        ] {
            let overrides = Overrides { log: Some(log.to_owned()), ..Overrides::default() };
            assert_eq!(read(overrides, &[]).is_ok(), is_right, "{log}");
        }
    }

    #[test]
    fn the_address_of_pdok_ends_in_a_slash_and_is_one_of_the_web() {
        for (given, expected) in [
            ("http://127.0.0.1:8000", Some("http://127.0.0.1:8000/")),
            ("https://api.pdok.nl/x/", Some("https://api.pdok.nl/x/")),
            ("api.pdok.nl", None),
            ("https://", None),
            ("ftp://api.pdok.nl/", None),
            ("https://api.pdok.nl/free?q=", None),
        ] {
            let config = read(Overrides { pdok: Some(given.to_owned()), ..Overrides::default() }, &[]);
            assert_eq!(config.ok().map(|config| config.pdok).as_deref(), expected, "{given}");
        }
    }

    #[test]
    fn sqlite_needs_a_file() {
        for url in ["sqlite:", "sqlite://", "sqlite://?mode=rwc"] {
            let error = read(Overrides::default(), &[("NOABER_DATABASE", url)]).unwrap_err().to_string();
            assert_eq!(
                error,
                format!("NOABER_DATABASE is `{url}`, which names no file; expected sqlite://FILE?mode=rwc")
            );
        }
    }

    #[test]
    fn a_contact_is_a_mailbox_or_a_page() {
        let contact = |text: &str| read(Overrides { contact: Some(text.to_owned()), ..Overrides::default() }, &[]);
        for right in ["data@example.nl", "https://www.example.nl/contact?over=noaber"] {
            assert_eq!(contact(right).unwrap().contact.as_deref(), Some(right));
        }
        assert_eq!(contact("").unwrap().contact, None);
        for wrong in
            ["example.nl", "data@localhost", "a@b.nl?cc=x@y.nl", "javascript:alert(1)", "Data <data@example.nl>"]
        {
            let error = contact(wrong).unwrap_err().to_string();
            assert!(error.starts_with(&format!("--contact is `{wrong}`; expected a mailbox")), "{error}");
        }
    }

    #[test]
    fn memory_is_an_amount_with_a_unit() {
        let memory = |text: &str| read(Overrides { memory: Some(text.to_owned()), ..Overrides::default() }, &[]);
        assert_eq!(memory("1GiB").unwrap().memory.to_string(), "1024MiB");
        assert_eq!(read(Overrides::default(), &[]).unwrap().memory, Memory::default());
        insta::assert_snapshot!(
            memory("64MB").unwrap_err(),
            @"--memory is `64MB`; expected an amount of at least 128MiB, such as 512MiB or 2GiB"
        );
    }

    #[test]
    fn a_rate_limit_that_is_given_is_one_for_everybody() {
        let given = |text: &str| read(Overrides { rate_limit: Some(text.to_owned()), ..Overrides::default() }, &[]);
        let policy = read(Overrides::default(), &[]).unwrap().rate_limit.unwrap();
        assert!(policy.spares_this_machine && policy.per_minute.get() == 30_000_000);
        let policy = given("30000000").unwrap().rate_limit.unwrap();
        assert!(!policy.spares_this_machine);
        let policy = read(Overrides::default(), &[("NOABER_RATE_LIMIT", "2000000")]).unwrap().rate_limit.unwrap();
        assert!(!policy.spares_this_machine);
        assert_eq!(given("off").unwrap().rate_limit, None);
        insta::assert_snapshot!(
            given("many").unwrap_err(),
            @"--rate-limit is `many`; expected units of cost in a minute from 1000000 to 4000000000, such as 30000000, or off"
        );
    }

    #[test]
    fn waits_are_seconds_or_minutes() {
        let given = |wait: &str| {
            let overrides = Overrides { lock_wait: Some(wait.to_owned()), ..Overrides::default() };
            read(overrides, &[]).map(|config| config.access.lock_wait.as_secs())
        };
        assert_eq!((given("30s"), given("45"), given("5min"), given("0")), (Ok(30), Ok(45), Ok(300), Ok(0)));
        for wrong in ["", "soon", "-1", "1h", "61min", "99999999999999999999"] {
            let error = given(wrong).unwrap_err().to_string();
            assert!(error.starts_with(&format!("--lock-wait is `{wrong}`; expected seconds")), "{error}");
        }
        let config = read(Overrides::default(), &[("NOABER_READ_ONLY", "true")]).unwrap();
        assert!(config.access.read_only && !config.access_of_command().read_only);
        assert_eq!((config.access.start_wait.as_secs(), config.access_of_command().start_wait.as_secs()), (30, 0));
        insta::assert_snapshot!(
            read(Overrides::default(), &[("NOABER_READ_ONLY", "ja")]).unwrap_err(),
            @"NOABER_READ_ONLY is `ja`; expected true or false"
        );
    }

    #[test]
    fn proxies_are_addresses_or_networks() {
        let given = |text: &str| {
            let overrides = Overrides { trusted_proxies: Some(text.to_owned()), ..Overrides::default() };
            read(overrides, &[]).map(|config| config.trusted_proxies)
        };
        let of = |text: &str| text.parse::<IpNet>().unwrap();
        assert_eq!(given("10.0.0.0/8, 192.0.2.1,::1"), Ok(vec![of("10.0.0.0/8"), of("192.0.2.1/32"), of("::1/128")]));
        insta::assert_snapshot!(
            given("10.0.0.0/8,proxy").unwrap_err(),
            @"--trusted-proxies has `proxy`; expected addresses or networks, such as 10.0.0.0/8,::1"
        );
        let metrics = Overrides { metrics: Some("9090".to_owned()), ..Overrides::default() };
        insta::assert_snapshot!(
            read(metrics, &[]).unwrap_err(),
            @"--metrics is `9090`; expected an address and a port, such as 127.0.0.1:9090"
        );
    }

    #[test]
    fn all_faults_are_told_together_each_by_name_and_without_a_password() {
        let variables = [
            ("NOABER_LISTEN", "8080"),
            ("NOABER_DATABASE", "mysql://root:secret@host/db"),
            ("NOABER_DATABSE", "x"),
            ("PATH", "/bin"),
        ];
        let error = read(Overrides::default(), &variables).unwrap_err();
        insta::assert_snapshot!(error, @r"
        NOABER_DATABSE is no setting; the settings are NOABER_LISTEN, NOABER_DATABASE, NOABER_LOG, NOABER_PDOK, NOABER_CONTACT, NOABER_PUBLISHER, NOABER_PUBLISHER_URL, NOABER_MEMORY, NOABER_RATE_LIMIT, NOABER_TRUSTED_PROXIES, NOABER_METRICS, NOABER_START_WAIT, NOABER_LOCK_WAIT, NOABER_READ_ONLY, NOABER_TRUST_CLOCK, NOABER_KEEP_EDITIONS
        NOABER_LISTEN is `8080`; expected an address and a port, such as 127.0.0.1:8080 or [::]:8080
        NOABER_DATABASE has `mysql`; expected sqlite://FILE?mode=rwc or postgres://USER:PASSWORD@HOST/NAME
        ");
    }
}
