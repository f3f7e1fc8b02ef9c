//! The settings: what they are called, what they are when nobody says, and what they do.

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

pub(super) const LISTEN: Setting = Setting {
    variable: "NOABER_LISTEN",
    option: "--listen",
    default: "127.0.0.1:8080",
    help: "address and port to serve on; port 0 takes a free one",
};
pub(super) const DATABASE: Setting = Setting {
    variable: "NOABER_DATABASE",
    option: "--database",
    default: "sqlite://noaber.db?mode=rwc",
    help: "database: sqlite://FILE?mode=rwc or postgres://USER:PASSWORD@HOST/NAME",
};
pub(super) const LOG: Setting = Setting {
    variable: "NOABER_LOG",
    option: "--log",
    default: "warn",
    help: "what is logged to standard error: error, warn, info, debug or trace, also by part (noaber=debug)",
};

pub(super) const PDOK: Setting = Setting {
    variable: "NOABER_PDOK",
    option: "--pdok-url",
    default: "https://api.pdok.nl/bzk/locatieserver/search/v3_1/",
    help: "PDOK Locatieserver, which only `noaber geocode` asks",
};

pub(super) const CONTACT: Setting = Setting {
    variable: "NOABER_CONTACT",
    option: "--contact",
    default: "",
    help: "a mailbox or page where the pages send corrections and requests for removal: data@example.nl or https://…",
};

pub(super) const PUBLISHER: Setting = Setting {
    variable: "NOABER_PUBLISHER",
    option: "--publisher",
    default: "",
    help: "who publishes this, as the catalogue record and the OpenAPI document call it: Gemeente Voorbeeld",
};
pub(super) const PUBLISHER_URL: Setting = Setting {
    variable: "NOABER_PUBLISHER_URL",
    option: "--publisher-url",
    default: "",
    help: "the address by which the publisher is known: its URI in the register of the government (TOOI), or its site",
};

pub(super) const MEMORY: Setting = Setting {
    variable: "NOABER_MEMORY",
    option: "--memory",
    default: "512MiB",
    help: "about how much memory the server takes: what is kept, and how many connections are open, follows from it; at least 128MiB",
};

pub(super) const RATE_LIMIT: Setting = Setting {
    variable: "NOABER_RATE_LIMIT",
    option: "--rate-limit",
    default: "30000000",
    help: "units of cost that one address may take in a minute, or off; unless it is given, this machine itself may take any",
};
pub(super) const TRUSTED_PROXIES: Setting = Setting {
    variable: "NOABER_TRUSTED_PROXIES",
    option: "--trusted-proxies",
    default: "",
    help: "addresses or networks of proxies that are believed for whom they ask, separated by commas: 10.0.0.0/8,::1",
};
pub(super) const METRICS: Setting = Setting {
    variable: "NOABER_METRICS",
    option: "--metrics",
    default: "",
    help: "address and port to serve figures for Prometheus on: 127.0.0.1:9090",
};

pub(super) const START_WAIT: Setting = Setting {
    variable: "NOABER_START_WAIT",
    option: "--start-wait",
    default: "30s",
    help: "how long `noaber serve` waits at its start for a server of PostgreSQL that cannot be reached yet",
};
pub(super) const LOCK_WAIT: Setting = Setting {
    variable: "NOABER_LOCK_WAIT",
    option: "--lock-wait",
    default: "30s",
    help: "how long a change waits for one that another process makes, before it gives up",
};
pub(super) const READ_ONLY: Setting = Setting {
    variable: "NOABER_READ_ONLY",
    option: "--read-only",
    default: "false",
    help: "true: `noaber serve` only reads, from a replica, by a role with SELECT, or from a folder that is not written to",
};

pub(super) const TRUST_CLOCK: Setting = Setting {
    variable: "NOABER_TRUST_CLOCK",
    option: "--trust-clock",
    default: "false",
    help: "true: commands change data also where facts, or the server of the database, are a day or more ahead of this machine's clock",
};

pub(super) const KEEP_EDITIONS: Setting = Setting {
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
