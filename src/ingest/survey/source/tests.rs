use super::*;
use crate::{
    ingest::{outcome::import, tabular::file},
    model::Language,
};

fn now() -> DateTime<Utc> {
    "2026-11-27T09:00:00Z".parse().unwrap()
}

fn books() -> Books {
    crate::testing::books()
}

/// Takes it into books that make an edition before and after.
trait TakenIntoBooks {
    fn taken(&self, books: &Books) -> Outcome;
}

impl TakenIntoBooks for Questionnaire {
    fn taken(&self, books: &Books) -> Outcome {
        let edition = Edition::build(books.facts.clone()).unwrap();
        import(books, &edition, |books, edition| self.take(books, edition, now())).unwrap()
    }
}

impl TakenIntoBooks for Batch {
    fn taken(&self, books: &Books) -> Outcome {
        let edition = Edition::build(books.facts.clone()).unwrap();
        import(books, &edition, |books, edition| self.take(books, edition, now())).unwrap()
    }
}

fn questionnaire(files: &[&str]) -> Questionnaire {
    let facts = crate::testing::facts();
    let lexicon = Lexicon::new(&facts, now().date_naive());
    let mut questionnaire = Questionnaire::new(&facts.survey, None);
    for text in files {
        questionnaire.add(&"a.csv".into(), &file::read_bytes(text.as_bytes()).unwrap(), &lexicon);
    }
    questionnaire
}

/// Row and rule of a finding.
type Told = (Option<u32>, &'static str);

fn told(report: &Report) -> Vec<Told> {
    report.findings().iter().map(|finding| (finding.row, finding.rule.code())).collect()
}

/// How many rows of a file say that of a question, in the order of its answers; its base.
fn counted(key: &str, file: &str) -> (Vec<i32>, i32, Vec<Told>) {
    let questionnaire = questionnaire(&[file]);
    let number = questionnaire.questions.iter().position(|question| question.key == key).unwrap();
    let counted = count(&questionnaire.questions[number], questionnaire.rows.iter().map(|row| &row.said[number]));
    (counted.counts, counted.base, told(&questionnaire.report))
}

const NO_CONSENT: Told = (None, "no-consent-column");

#[test]
fn a_choice_is_read_by_key_and_label_and_anything_else_is_told() {
    let file = "bestuursleden;rechtsvorm\n5;x\n5 personen;x\n5 persons;x\nniet bekend;x\n12;x\n\"#REF!\";x\n";
    let (counts, base, told) = counted("place.board-size", file);
    assert_eq!((counts[4], counts[9], counts.iter().sum::<i32>(), base), (3, 1, 4, 4));
    let of_board: Vec<_> = told.iter().filter(|(row, _)| matches!(row, Some(6 | 7))).collect();
    assert_eq!(of_board.iter().filter(|(_, rule)| *rule == "survey-answer").count(), 4, "{told:?}");
}

#[test]
fn several_answers_come_as_a_list_or_in_columns_of_their_own() {
    let list = "inkomsten;naam\n\"Subsidie; Horeca\";A\nfunds|sponsoring;B\n-;C\n\"Subsidie; loterij\";D\nloterij;E\n";
    let (counts, base, told) = counted("place.income", list);
    // Subsidie twice, horeca, funds and sponsoring once; the last row answered nothing that is known.
    assert_eq!((counts, base), (vec![2, 0, 0, 1, 1, 1, 0, 0], 4));
    assert_eq!(told, [NO_CONSENT, (Some(5), "survey-answer"), (Some(6), "survey-answer")]);

    let columns = "inkomsten: Subsidie;place.income.catering;Sponsoring\nja;0;x\n1;;\nnee;nee;nee\nsoms;;\n;;waar\n";
    let (counts, base, told) = counted("place.income", columns);
    assert_eq!((counts, base), (vec![2, 0, 0, 0, 0, 2, 0, 0], 4));
    assert_eq!(told, [NO_CONSENT, (Some(5), "survey-tick")]);
}

#[test]
fn a_question_with_one_answer_is_answered_with_yes_or_no() {
    let (counts, base, told) = counted("place.cultural-programme", "cultureel aanbod\nja\nnee\norganises\nsoms\n0\n");
    assert_eq!((counts, base), (vec![2], 4));
    assert_eq!(told, [NO_CONSENT, (Some(5), "survey-answer")]);
}

#[test]
fn a_kind_that_the_report_does_not_list_is_an_answer_all_the_same() {
    let (counts, base, told) =
        counted("place.kind", "soort\nMFC\nOverig\nMFA - multifunctionele accommodatie\nkasteel\n");
    assert_eq!((counts[3], counts.iter().sum::<i32>(), base), (2, 2, 3));
    assert_eq!(told, [NO_CONSENT, (Some(5), "survey-answer")]);
}

#[test]
fn a_row_that_answers_nothing_is_not_counted() {
    let questionnaire = questionnaire(&["naam;toestemming;bestuursleden\nA;ja;\nB;nee;5\n;;\n"]);
    assert_eq!((questionnaire.rows.len(), questionnaire.silent, questionnaire.consents), (1, 1, 1));
}

#[test]
fn consent_is_a_plain_yes_and_a_finding_never_says_what_stands_there() {
    let rows = ["ja", "JA", "yes", "True", "1", "nee", "no", "0", "", "jaa", "waar", "x", "ja, mits", "ja?"];
    let rows = rows.map(|consent| format!("Honk {consent};Dalfsen;Dalfsen;\"{consent}\";5\n"));
    let text = format!("naam;gemeente;plaats;toestemming;bestuursleden\n{}", rows.concat());
    let questionnaire = questionnaire(&[&text]);
    assert_eq!((questionnaire.consents, questionnaire.records.len()), (6, 6), "{:?}", told(&questionnaire.report));
    let unclear: Vec<_> = questionnaire.report.findings().iter().collect();
    assert_eq!(unclear.len(), 4);
    assert!(unclear.iter().all(|finding| finding.rule == Rule::ConsentUnclear && finding.value.is_empty()));
}

#[test]
fn a_row_is_made_up_unless_it_says_no_or_nothing() {
    let rows = ["ja", "synthetisch", "x", "1", "?", "nee", "0", ""].map(|mark| format!("{mark};5\n"));
    let questionnaire = questionnaire(&[&format!("synthetisch;bestuursleden\n{}", rows.concat())]);
    assert_eq!((questionnaire.synthetic, questionnaire.rows.len()), (5, 8));
    let outcome = questionnaire.taken(&books());
    assert!(outcome.books == books() && !outcome.took_something());
    assert!(told(&outcome.report).contains(&(None, "synthetic-mixed")), "{:?}", told(&outcome.report));
}

#[test]
fn a_wrong_file_takes_nothing_back() {
    let file = "naam;gemeente;plaats;toestemming;Bingo\nHet Nieuwe Honk;Dalfsen;Dalfsen;ja;ja\n";
    let before = questionnaire(&[file]).taken(&books()).books;
    for wrong in ["naam;gemeente\nHonk;Dalfsen\n", "naam;toestemming;bestuursleden\nHonk;nee;\n"] {
        let outcome = questionnaire(&[wrong]).taken(&before);
        assert!(outcome.books == before && !outcome.took_something(), "{wrong}");
        assert!(told(&outcome.report).contains(&(None, "no-answers")), "{:?}", told(&outcome.report));
    }
}

#[test]
fn the_report_of_a_place_without_consent_says_where_and_not_what() {
    let file = "naam;gemeente;plaats;toestemming;soort;bestuursleden\nGeheim Honk;Atlantis;Geheim;nee;Geheim;Geheim\n";
    let questionnaire = questionnaire(&[file]);
    let report = &questionnaire.report;
    assert_eq!(told(report), [(Some(2), "survey-answer"), (Some(2), "survey-answer")]);
    let texts = [
        report.to_text(Language::Nl, 100),
        String::from_utf8(report.to_csv(Language::En).unwrap()).unwrap(),
        String::from_utf8(report.to_json().unwrap()).unwrap(),
    ];
    assert!(texts.iter().all(|text| !text.contains("Geheim") && !text.contains("Atlantis")), "{texts:?}");
    assert!(texts[0].contains("bestuursleden (F2)"), "{}", texts[0]);
}

#[test]
fn without_a_day_the_year_of_the_interviews_is_what_is_known() {
    let one = questionnaire(&["naam;gemeente;plaats;toestemming;soort\nHonk;Dalfsen;Dalfsen;ja;Buurthuis\n"]);
    let when = one.when(&books().facts.survey, now());
    assert_eq!((when.day.to_string().as_str(), when.told.as_str()), ("2024-01-01", "2024"));
    let file = "naam;gemeente;plaats;toestemming;soort;peildatum\nHonk;Dalfsen;Dalfsen;ja;Buurthuis;12-3-2024\n";
    let when = questionnaire(&[file]).when(&books().facts.survey, now());
    assert_eq!(when.told.as_str(), "2024-03-12");
}

#[test]
fn a_row_that_waits_to_be_recognised_goes_when_it_is_left_out() {
    // The address of a known place under another name.
    let row = "De Balzaal;Dalfsen;Dalfsen;Ruigedoornstraat;108;7721 BR;ja;5\n";
    let headings = "naam;gemeente;plaats;straat;huisnummer;postcode;toestemming;bestuursleden\n";
    let with = questionnaire(&[&format!("{headings}{row}")]).taken(&books());
    assert_eq!(with.books.ledger.pairs.len(), 1);
    let again = questionnaire(&[&format!("{headings}{row}")]).taken(&with.books);
    assert_eq!(again.books.ledger.pairs, with.books.ledger.pairs);
    let without = row.replace(";ja;", ";nee;");
    let after = questionnaire(&[&format!("{headings}{without}")]).taken(&with.books);
    assert!(after.books.ledger.pairs.is_empty(), "{:?}", after.books.ledger.pairs);
}

#[test]
fn what_others_say_of_a_new_place_stays_when_the_questionnaire_takes_it_back() {
    let file = "naam;gemeente;plaats;toestemming;Bingo\nHet Nieuwe Honk;Dalfsen;Dalfsen;ja;ja\n";
    let mut books = questionnaire(&[file]).taken(&books()).books;
    let key = "het-nieuwe-honk-dalfsen";
    let name = Statement::Name("Het Nieuwe Honk".to_owned());
    for statement in [name, Statement::Settlement("Dalfsen".to_owned())] {
        let source = "municipality-GM0148".to_owned();
        let authority = Authority::Municipality;
        books.ledger.places.note(crate::model::Claim {
            subject: key.to_owned(),
            source,
            authority,
            statement,
            stated: None,
        });
    }
    let source = Source { id: "municipality-GM0148".to_owned(), ..books.facts.sources[0].clone() };
    books.facts.sources.push(source);
    books.facts = books.facts.in_order();
    let after = questionnaire(&[&file.replace(";ja;ja", ";nee;ja")]).taken(&books).books;
    let place = after.facts.places.iter().find(|place| place.key == key).unwrap();
    assert_eq!((place.name.as_str(), place.activities.len()), ("Het Nieuwe Honk", 0));
    assert!(after.ledger.places.by_subject[key].iter().all(|claim| claim.source == "municipality-GM0148"));
}

#[test]
fn what_is_public_cannot_be_taken_off_a_total_to_tell_of_a_few() {
    let told = |with: usize, without: usize| {
        let row = |number: usize, consent: &str| {
            let letter = char::from(b'A' + u8::try_from(number).unwrap());
            format!("{};Dalfsen;Dalfsen;{consent};Stichting;5\n", letter.to_string().repeat(9))
        };
        let rows: String = (0..with).map(|number| row(number, "ja")).collect();
        let others: String = (0..without).map(|_| row(25, "nee")).collect();
        let file = format!("naam;gemeente;plaats;toestemming;rechtsvorm;bestuursleden\n{rows}{others}");
        let totals = questionnaire(&[&file]).taken(&books()).books.facts.survey_totals;
        let mut questions: Vec<String> = totals.into_iter().map(|total| total.question).collect();
        questions.dedup();
        questions
    };
    let (board, form) = ("place.board-size", "place.legal-form");
    assert_eq!(told(11, 1), [board], "the legal form of one could be read off");
    assert_eq!(told(11, 0), [board, form], "all are public");
    assert_eq!(told(1, 10), [board, form]);
}

#[test]
fn files_of_one_questionnaire_are_counted_together() {
    let file = |rows: usize| format!("bestuursleden;bemensing\n{}", "5;\n".repeat(rows));
    let (one, other) = (file(4), file(6));
    let outcome = questionnaire(&[&one, &other]).taken(&books());
    let five = outcome.books.facts.survey_totals.iter().find(|total| total.answer == "5").unwrap();
    assert_eq!((five.count, five.base, five.source.as_str()), (10, 10, "survey-2024"));
    assert_eq!(outcome.books.facts.survey_totals.len(), 12);
    assert!(questionnaire(&[&one]).taken(&books()).books.facts.survey_totals.is_empty());
}

#[test]
fn consent_is_taken_back_whichever_row_is_left_out() {
    let headings = "naam;gemeente;plaats;toestemming;soort;opgave datum;bestuursleden";
    let is_there = |books: &Books, key: &str| books.facts.places.iter().any(|place| place.key == key);
    let (stays, goes) = ("het-nieuwe-honk-dalfsen", "de-verzonnen-balzaal-dalfsen");
    // The last of the file, the last of another year, and the only one with a day.
    let cases =
        [("2024-03-08", "2024-03-09", None), ("2024-12-31", "2025-01-02", Some("nee")), ("", "2025-01-02", None)];
    for (day, last, then) in cases {
        let one = |kind: &str| format!("Het Nieuwe Honk;Dalfsen;Dalfsen;ja;{kind};{day};5\n");
        let other = |consent: &str| format!("De Verzonnen Balzaal;Dalfsen;Dalfsen;{consent};Buurthuis;{last};5\n");
        let first = questionnaire(&[&format!("{headings}\n{}{}", one("Buurthuis"), other("ja"))]);
        let first = first.taken(&books()).books;
        assert!(is_there(&first, stays) && is_there(&first, goes));
        let then = then.map(other).unwrap_or_default();
        let outcome = questionnaire(&[&format!("{headings}\n{}{then}", one("Dorpshuis"))]);
        let outcome = outcome.taken(&first);
        assert!(!is_there(&outcome.books, goes), "{last}: {:?}", told(&outcome.report));
        assert!(!outcome.books.ledger.places.by_subject.contains_key(goes));
        // What is given last is the newest, also of a row that is told to be older.
        let place = outcome.books.facts.places.iter().find(|place| place.key == stays).unwrap();
        assert_eq!(place.kind, Some(crate::model::vocabulary::PlaceKind::Dorpshuis), "{last}");
        let sources = outcome.books.facts.sources.iter().filter(|source| is_of_questionnaire(&source.id));
        assert_eq!(sources.count(), 1, "one questionnaire at a time");
    }
}

#[test]
fn what_a_person_decided_of_a_row_stands_in_another_year() {
    let row = "De Balzaal;Dalfsen;Dalfsen;Ruigedoornstraat;108;7721 BR;ja;ja;5\n";
    let headings = "naam;gemeente;plaats;straat;huisnummer;postcode;toestemming;Bingo;bestuursleden\n";
    let mut answers = questionnaire(&[&format!("{headings}{row}")]);
    let mut books = answers.taken(&books()).books;
    books.ledger.pairs.values_mut().for_each(|pair| pair.same = Some(true));
    answers.on = NaiveDate::from_ymd_opt(2025, 6, 1);
    let after = answers.taken(&books);
    assert_eq!(after.refused, 0, "{:?}", told(&after.report));
    assert_eq!(after.books.ledger.pairs.len(), 1);
}

#[test]
fn no_answer_of_a_place_with_consent_is_told_either() {
    let headings = "naam;gemeente;plaats;postcode;toestemming;soort;rechtsvorm;voorzieningen;activiteiten;Bingo;Theater;opgave datum";
    let secret = "Klaas Privaat";
    let rows = format!(
        "Honk;Dalfsen;Dalfsen;{secret}e postcode;ja;{secret};{secret};{secret};Bingo|{secret};nee;{secret};{secret}\n\
         Honk B;Dalfsen;Dalfsen;;ja;={secret};\"&amp; {secret}\";\"<b>{secret}</b>\";onbekend;06-12345678;n.v.t.;2999-01-01\n"
    );
    let questionnaire = questionnaire(&[&format!("{headings}\n{rows}")]);
    let outcome = questionnaire.taken(&books());
    let findings = outcome.report.findings();
    let rules: Vec<&str> = findings.iter().map(|finding| finding.rule.code()).collect();
    for rule in ["unknown-term", "contradiction", "not-yes-or-no", "date-shape", "date-out-of-range", "postcode-shape"]
    {
        assert!(rules.contains(&rule), "{rule}: {rules:?}");
    }
    for finding in findings {
        let is_recognising = finding.column.as_deref() == Some("postcode");
        let texts = [Language::Nl, Language::En].map(|language| finding.message(language) + &finding.remedy(language));
        let shows = |text: &str| texts.iter().chain([&finding.value]).any(|other| other.contains(text));
        assert_eq!(shows(secret), is_recognising, "{finding:?}");
        assert!(!shows("2999") && !shows("onbekend") && !shows("12345678"), "{finding:?}");
    }
    let text = outcome.report.to_text(Language::Nl, 100);
    assert!(text.contains("soort (F2): “…” is geen keuze van kolom “soort”. Kies uit: "), "{text}");
}

#[test]
fn what_is_made_up_never_meets_what_is_not() {
    let made_up = |rows: &str| {
        let rows = format!("synthetisch;sleutel;naam;gemeente;plaats;toestemming;Bingo\n{rows}");
        questionnaire(&[&rows])
    };
    let known = "ja;;Kulturhus Hoonhorst;Dalfsen;Hoonhorst;ja;ja\n\
                 ja;kulturhus-hoonhorst;;;;ja;ja\n\
                 ja;;Trefkoele Fabel;Dalfsen;Dalfsen;ja;ja\n";
    let fable = "ja;;De Verzonnen Balzaal;Dalfsen;Dalfsen;ja;ja\n";
    let outcome = made_up(&format!("{known}{fable}")).taken(&books());
    let refused: Vec<Told> =
        told(&outcome.report).into_iter().filter(|(_, rule)| *rule == "synthetic-of-known-place").collect();
    assert_eq!(refused, [2, 3, 4].map(|row| (Some(row), "synthetic-of-known-place")));
    assert_eq!((outcome.added.len(), outcome.changed.len()), (1, 0));
    let key = "de-verzonnen-balzaal-dalfsen";
    assert_eq!(outcome.books.ledger.places.by_subject.keys().collect::<Vec<_>>(), [key]);
    assert!(outcome.books.ledger.pairs.is_empty() && outcome.books.ledger.places.originals.is_empty());
    // Again it is the same one.
    let again = made_up(fable).taken(&outcome.books);
    assert_eq!((again.added.len(), again.books == outcome.books), (0, true));

    // A municipality that has a place of that name has another one.
    let facts = &outcome.books.facts;
    let lexicon = Lexicon::new(facts, now().date_naive());
    let list = "sleutel;naam;gemeente;plaats;soort\n;De Verzonnen Balzaal;Dalfsen;Dalfsen;Buurthuis\n\
                de-verzonnen-balzaal-dalfsen;;;;Dorpshuis\n";
    let workbook = crate::ingest::places::workbook::read_bytes("lijst.csv", list.as_bytes(), &lexicon).unwrap();
    let file = crate::ingest::places::source::File { name: "lijst.csv".into(), workbook };
    let said = crate::ingest::places::source::Said {
        by: Authority::Municipality,
        title: None,
        url: None,
        licence: Some("CC0-1.0".to_owned()),
        on: None,
        municipality: None,
    };
    let edition = Edition::build(outcome.books.facts.clone()).unwrap();
    let batch = crate::ingest::places::source::batch(&outcome.books, &edition, &[file], &said, now());
    let real = batch.taken(&outcome.books);
    assert_eq!(real.added, [format!("{key}-2")]);
    assert!(told(&real.report).contains(&(Some(3), "synthetic-place")), "{:?}", told(&real.report));
    assert_eq!(real.books.ledger.places.of(key), outcome.books.ledger.places.of(key));
}
