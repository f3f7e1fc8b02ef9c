//! Where a database is: an address that is checked before anybody uses it, and that never shows a password.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

use sea_orm::sqlx::postgres::PgConnectOptions;

/// What a server of PostgreSQL may be asked beside its name; what sqlx does not know it ignores, and logs with its value.
const PARAMETERS: [&str; 21] = [
    "application_name",
    "connect_timeout",
    "dbname",
    "host",
    "hostaddr",
    "options",
    "password",
    "pooler",
    "port",
    "ssl-ca",
    "ssl-cert",
    "ssl-key",
    "ssl-mode",
    "ssl-root-cert",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "statement-cache-capacity",
    "target_session_attrs",
    "user",
];

/// Those of [`PARAMETERS`] that are ours to keep: sqlx does not know them.
const OURS: [&str; 3] = ["connect_timeout", "pooler", "target_session_attrs"];

/// The address of a database: `sqlite://FILE?mode=rwc` or `postgres://USER:PASSWORD@HOST:PORT/NAME`, of PostgreSQL also with
/// several hosts, separated by commas. What shows it shows no user, password or parameter.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl {
    text: String,
    /// Of PostgreSQL: an address for each host, in the order in which they are tried.
    servers: Vec<String>,
    /// Of PostgreSQL: the address as it may be shown.
    shown: Option<String>,
    writes: bool,
    pooled: bool,
}

/// Why a text is no address of a database. It repeats nothing that may be part of a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Another database, or no address.
    #[error("has `{0}`; expected sqlite://FILE?mode=rwc or postgres://USER:PASSWORD@HOST/NAME")]
    Scheme(String),
    /// A SQLite database without a file, of which each connection would have one of its own.
    #[error("is `{0}`, which names no file; expected sqlite://FILE?mode=rwc")]
    NoFile(String),
    /// Its parts cannot be told apart.
    #[error(
        "is an address in which {0}; expected postgres://USER:PASSWORD@HOST:PORT/NAME, with a password percent-encoded: `%` as %25, `@` as %40, `:` as %3A, `/` as %2F, `?` as %3F, `#` as %23"
    )]
    Unclear(&'static str),
    /// A parameter with a value that it cannot have.
    #[error("has another value for `{0}` than it can have")]
    Value(&'static str),
}

impl DatabaseUrl {
    /// Whether it is a database in a file, or in memory.
    pub fn is_sqlite(&self) -> bool {
        self.servers.is_empty()
    }

    /// Whether it is a database in memory, which is gone with its connection.
    pub fn is_in_memory(&self) -> bool {
        self.is_sqlite() && self.text.contains(":memory:")
    }

    /// The file of a SQLite database.
    pub fn file(&self) -> Option<PathBuf> {
        if !self.is_sqlite() || self.is_in_memory() {
            return None;
        }
        let rest = self.text.strip_prefix("sqlite:")?;
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        Some(Path::new(rest.split('?').next().unwrap_or_default()).to_owned())
    }

    /// The same database, which must be there: it is not made where it is missing.
    #[must_use]
    pub fn existing(&self) -> Self {
        Self { text: self.text.replace("mode=rwc", "mode=rw"), ..self.clone() }
    }

    /// The whole address, for who opens it.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// An address for each host of PostgreSQL, in the order in which they are tried.
    pub(super) fn servers(&self) -> &[String] {
        &self.servers
    }

    /// Whether only a server is meant that can be written to: `target_session_attrs=read-write` or `primary`.
    pub(super) fn wants_writable(&self) -> bool {
        self.writes
    }

    /// Whether between us and the server stands a pooler in transaction mode: `pooler=transaction`.
    pub(super) fn is_pooled(&self) -> bool {
        self.pooled
    }
}

/// Without user, password and parameters; of SQLite the whole.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.shown.as_deref().unwrap_or(&self.text))
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for DatabaseUrl {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        if text.starts_with("sqlite:") {
            return sqlite(text);
        }
        match text.split_once("://") {
            Some((scheme @ ("postgres" | "postgresql"), rest)) => postgres(text, scheme, rest),
            Some((scheme, _)) if is_plain(scheme) => Err(AddressError::Scheme(scheme.to_owned())),
            _ => Err(AddressError::Scheme("no scheme".to_owned())),
        }
    }
}

/// An address that does not say how to open the file means one that is made where it is missing.
fn sqlite(text: &str) -> Result<DatabaseUrl, AddressError> {
    if matches!(text.split('?').next(), Some("sqlite:" | "sqlite://")) {
        return Err(AddressError::NoFile(text.to_owned()));
    }
    let text = match text {
        known if known.contains("mode=") || known.contains(":memory:") => known.to_owned(),
        bare => format!("{bare}{}mode=rwc", if bare.contains('?') { '&' } else { '?' }),
    };
    Ok(DatabaseUrl { text, servers: Vec::new(), shown: None, writes: false, pooled: false })
}

fn postgres(text: &str, scheme: &str, rest: &str) -> Result<DatabaseUrl, AddressError> {
    let unclear = |what| Err(AddressError::Unclear(what));
    if rest.contains(|sign: char| sign.is_whitespace() || sign.is_control()) {
        return unclear("there is a space");
    }
    if rest.contains('#') {
        return unclear("there is a `#`");
    }
    let (authority, behind) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    if behind.contains('@') {
        return unclear("an `@` stands behind a `/` or a `?`");
    }
    let (user, hosts) = match authority.rsplit_once('@') {
        Some((user, hosts)) => (Some(user), hosts),
        None => (None, authority),
    };
    if !is_encoded(rest) {
        return unclear("a `%` is not followed by two digits of 0-9 and A-F");
    }
    let (path, query) = behind.split_once('?').unwrap_or((behind, ""));
    let parameters: Vec<(&str, &str)> = query
        .split('&')
        .filter(|parameter| !parameter.is_empty())
        .map(|parameter| parameter.split_once('=').unwrap_or((parameter, "")))
        .collect();
    let is_known = |name: &str| PARAMETERS.contains(&name) || (name.starts_with("options[") && name.ends_with(']'));
    if !parameters.iter().all(|(name, _)| is_known(name)) {
        return unclear("there is a parameter that is not known");
    }
    let names_socket = parameters.iter().any(|(name, _)| matches!(*name, "host" | "hostaddr"));
    let mut named = Vec::new();
    for host in hosts.split(',') {
        match host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')) {
            Some((_, port)) if port.parse::<u16>().ok().is_none_or(|port| port == 0) => {
                return unclear("the port of a host is no number from 1 to 65535");
            }
            Some((name, _)) if is_host(name) => named.push(host),
            None if is_host(host) => named.push(host),
            None if host.is_empty() && (user.is_none() || names_socket) && !hosts.contains(',') => {}
            _ => return unclear("the name of a host is missing, or has a sign that no name has"),
        }
    }
    let user = user.map(|user| format!("{user}@")).unwrap_or_default();
    let asked: Vec<String> = parameters
        .iter()
        .filter(|(name, _)| !OURS.contains(name))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let query = if asked.is_empty() { String::new() } else { format!("?{}", asked.join("&")) };
    let server = |host: &str| format!("{scheme}://{}{host}{path}{query}", if host.is_empty() { "" } else { &user });
    let servers: Vec<String> = match named[..] {
        // sqlx takes no user before a host that is not named.
        [] => vec![with_user(server(""), &user)],
        ref named => named.iter().copied().map(server).collect(),
    };
    if servers.iter().any(|server| server.parse::<PgConnectOptions>().is_err()) {
        return Err(refused_value(&parameters));
    }
    let value = |wanted: &str| parameters.iter().rfind(|(name, _)| *name == wanted).map(|(_, value)| *value);
    let pooled = match value("pooler") {
        None | Some("session") => false,
        Some("transaction") => true,
        Some(_) => return Err(AddressError::Value("pooler")),
    };
    let writes = match value("target_session_attrs") {
        None | Some("any" | "prefer-standby" | "read-only" | "standby") => false,
        Some("read-write" | "primary") => true,
        Some(_) => return Err(AddressError::Value("target_session_attrs")),
    };
    let shown = Some(format!("{scheme}://{}{path}", named.join(",")));
    Ok(DatabaseUrl { text: text.to_owned(), servers, shown, writes, pooled })
}

/// With user and password as parameters, for an address that names no host.
fn with_user(address: String, user: &str) -> String {
    let Some(user) = user.strip_suffix('@') else { return address };
    let (name, password) = user.split_once(':').unwrap_or((user, ""));
    let separator = if address.contains('?') { '&' } else { '?' };
    let password = if password.is_empty() { String::new() } else { format!("&password={password}") };
    format!("{address}{separator}user={name}{password}")
}

/// Which of the parameters is why an address is refused.
fn refused_value(parameters: &[(&str, &str)]) -> AddressError {
    let is_refused =
        |name: &str, value: &str| format!("postgres://h/?{name}={value}").parse::<PgConnectOptions>().is_err();
    let found = parameters.iter().find(|(name, value)| !OURS.contains(name) && is_refused(name, value));
    let known = found.and_then(|(name, _)| PARAMETERS.iter().find(|known| *known == name));
    known.map_or(AddressError::Unclear("user, password or name is not UTF-8"), |known| AddressError::Value(known))
}

fn is_plain(scheme: &str) -> bool {
    let is_first = scheme.starts_with(|sign: char| sign.is_ascii_alphabetic());
    is_first && scheme.len() <= 20 && scheme.chars().all(|sign| sign.is_ascii_alphanumeric() || "+-.".contains(sign))
}

fn is_host(name: &str) -> bool {
    let inner = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match inner {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => !name.is_empty() && name.chars().all(|sign| sign.is_alphanumeric() || "-._%".contains(sign)),
    }
}

fn is_encoded(text: &str) -> bool {
    let mut after = text.split('%').skip(1);
    after.all(|rest| rest.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each has the password `geheim`, or a part of it, where an address that is not understood would show it.
    const UNCLEAR: [&str; 20] = [
        "postgres://pw1:geheim/2024@127.0.0.1:9160/x",
        "postgres://pw1:geheim#2024@127.0.0.1/x",
        "postgres://pw1:geheim?2024@127.0.0.1/x",
        "postgres://pw1:12?geheim@127.0.0.1/x",
        "postgres://pw1:12/geheim@127.0.0.1/x",
        "postgres://pw1:p@geheim/w#rd@127.0.0.1/x",
        "postgres://pw1:geheim@127.0.0.1:65536/x",
        "postgres://pw1:geheim@127.0.0.1:0/x",
        "postgres://pw1:geheim@127.0.0.1:/x",
        "postgres://pw1:geheim@/x",
        "postgres://pw1:geheim@:5432/x",
        "postgres://pw1:geheim@a,/x",
        "postgres://pw1:geheim@[::1/x",
        "postgres://pw1:50%geheim@a/x",
        "postgres://pw1:geheim @a/x",
        "postgres://pw1:geheim@a b/x",
        "postgres://pw1:geheim@a/x?wachtwoord=geheim",
        "postgres://a/x?geheim",
        "postgresql://pw1:geheim",
        "postgres://pw1:%ffgeheim@a/x?sslmode=disable",
    ];

    #[test]
    fn an_address_that_is_not_understood_repeats_no_part_of_a_password() {
        for address in UNCLEAR {
            let error = address.parse::<DatabaseUrl>().expect_err(address);
            let told = format!("{error} {error:?}");
            assert!(!told.contains("geheim") && !told.contains("pw1"), "{address}: {told}");
            assert!(told.contains("percent-encoded"), "{address}: {told}");
        }
        for (address, expected) in [
            ("geheim", "has `no scheme`"),
            ("pw1:geheim@host/db", "has `no scheme`"),
            ("pw1:geheim://x", "has `no scheme`"),
            ("mysql://root:geheim@host/db", "has `mysql`; expected"),
            ("sqlite://?mode=rwc", "which names no file"),
            ("postgres://u:geheim@h/db?sslmode=geheim", "has another value for `sslmode` than it can have"),
            ("postgres://u:geheim@h/db?port=geheim", "has another value for `port`"),
            ("postgres://u:geheim@h/db?target_session_attrs=geheim", "value for `target_session_attrs`"),
        ] {
            let told = address.parse::<DatabaseUrl>().expect_err(address).to_string();
            assert!(told.contains(expected) && !told.contains("geheim"), "{address}: {told}");
        }
    }

    #[test]
    fn an_address_that_is_understood_shows_its_hosts_only() {
        for (address, shown) in [
            ("postgres://u:geheim@h/db", "postgres://h/db"),
            ("postgres://u:p@geheim@h/db", "postgres://h/db"),
            ("postgres://u:geheim@h:5433/db?password=geheim&application_name=geheim", "postgres://h:5433/db"),
            ("postgresql://u:geheim@a:1,b:2,c/db", "postgresql://a:1,b:2,c/db"),
            ("postgres://u:%67eheim%2F@[::1]:5432/db", "postgres://[::1]:5432/db"),
            ("postgres:///db?host=/run/postgresql&user=u&password=geheim", "postgres:///db"),
            ("postgres://u:geheim@/db?host=/run/postgresql", "postgres:///db"),
            ("postgres://u:geheim@%2Frun%2Fpostgresql/db", "postgres://%2Frun%2Fpostgresql/db"),
            ("postgres://u:geheim@h/db?options=-c%20search_path%3Dx&options[lock_timeout]=geheim", "postgres://h/db"),
        ] {
            let url: DatabaseUrl = address.parse().unwrap_or_else(|error| panic!("{address}: {error}"));
            assert_eq!((url.to_string().as_str(), format!("{url:?}").as_str()), (shown, shown), "{address}");
        }
    }

    #[test]
    fn each_host_has_an_address_of_its_own_with_the_same_user() {
        let url: DatabaseUrl =
            "postgres://u:p%40w@a:1,b/db?target_session_attrs=read-write&sslmode=disable".parse().unwrap();
        assert_eq!(
            url.servers(),
            ["postgres://u:p%40w@a:1/db?sslmode=disable", "postgres://u:p%40w@b/db?sslmode=disable"]
        );
        assert!(url.wants_writable() && !url.is_sqlite());
        let socket: DatabaseUrl = "postgres://u:p%40w@/db?host=/run/postgresql".parse().unwrap();
        assert_eq!(socket.servers(), ["postgres:///db?host=/run/postgresql&user=u&password=p%40w"]);
    }

    #[test]
    fn a_file_is_made_where_it_is_missing_unless_the_address_says_otherwise() {
        for (address, text) in [
            ("sqlite:a.db", "sqlite:a.db?mode=rwc"),
            ("sqlite://a.db?cache=shared", "sqlite://a.db?cache=shared&mode=rwc"),
            ("sqlite://a.db?mode=ro", "sqlite://a.db?mode=ro"),
            ("sqlite::memory:", "sqlite::memory:"),
        ] {
            assert_eq!(address.parse::<DatabaseUrl>().map(|url| url.text), Ok(text.to_owned()));
        }
        let url: DatabaseUrl = "sqlite:///srv/a.db".parse().unwrap();
        assert_eq!((url.file(), url.existing().text()), (Some("/srv/a.db".into()), "sqlite:///srv/a.db?mode=rw"));
    }
}
