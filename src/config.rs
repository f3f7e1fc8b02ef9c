//! The settings of the service: defaults, `NOABER_*` variables and options of the command line, in one place.
//!
//! An option wins over a variable, a variable over a default. They are checked once, and all faults are told together.

mod settings;

use std::{
    collections::BTreeMap,
    fmt,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use ipnet::IpNet;
use tracing_subscriber::{EnvFilter, filter::LevelFilter};

use self::settings::{
    CONTACT, DATABASE, KEEP_EDITIONS, LISTEN, LOCK_WAIT, LOG, MEMORY, METRICS, PDOK, PUBLISHER, PUBLISHER_URL,
    RATE_LIMIT, READ_ONLY, START_WAIT, TRUST_CLOCK, TRUSTED_PROXIES,
};
pub use self::settings::{SETTINGS, Setting};
use crate::{
    admission::{Memory, MemoryError, RatePolicy},
    store::{Access, AddressError, DatabaseUrl, Keep},
};

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
mod tests;
