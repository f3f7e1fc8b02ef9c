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
        assert_eq!(error, format!("NOABER_DATABASE is `{url}`, which names no file; expected sqlite://FILE?mode=rwc"));
    }
}

#[test]
fn a_contact_is_a_mailbox_or_a_page() {
    let contact = |text: &str| read(Overrides { contact: Some(text.to_owned()), ..Overrides::default() }, &[]);
    for right in ["data@example.nl", "https://www.example.nl/contact?over=noaber"] {
        assert_eq!(contact(right).unwrap().contact.as_deref(), Some(right));
    }
    assert_eq!(contact("").unwrap().contact, None);
    for wrong in ["example.nl", "data@localhost", "a@b.nl?cc=x@y.nl", "javascript:alert(1)", "Data <data@example.nl>"] {
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
