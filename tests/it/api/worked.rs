//! The worked examples show what their queries answer: every table and every drawing against a query of our own.

use std::collections::BTreeSet;

use reqwest::{StatusCode, header};
use serde_json::{Value, json};

use crate::{oracle::project_file, support::TestApp};

/// A page with the answer to each of its queries, asked by POST.
struct Worked {
    html: String,
    english: bool,
    answers: Vec<Value>,
}

/// The sections in their order, with the file of the query.
const SECTIONS: [(&str, &str); 6] = [
    ("bibliotheken", "coverage-of-libraries"),
    ("kernen", "villages-far-from-a-place"),
    ("gemeente", "uncovered-area"),
    ("beleid", "municipal-support"),
    ("ouderen", "activities-near-a-village"),
    ("citeren", "how-to-cite"),
];

/// Facts that the seed does not have: a library more, a place without a location, a figure that could not be read, a status less, an
/// activity where none was known.
fn changes() -> Vec<String> {
    [
        "INSERT INTO place_facility (place, facility, present) VALUES ('de-schalm-marienheem', 'BIBLIOTHEEK', true)",
        "UPDATE place SET lon = NULL, lat = NULL, precision = NULL, outline = NULL, uncertainty_radius_m = NULL \
         WHERE key = 'elckerlyc-luttenberg'",
        "UPDATE survey_answer SET count = NULL, published_percentage = NULL, legibility = 'UNREADABLE' \
         WHERE question = 'municipality.vision' AND key = 'planned'",
        "DELETE FROM policy_status WHERE municipality = 'GM0160'",
        "INSERT INTO place_activity (place, activity, present) \
         VALUES ('cultuurcentrum-herberg-de-pol-diepenheim', 'SOOS', true)",
    ]
    .map(str::to_owned)
    .to_vec()
}

impl Worked {
    async fn of(app: &TestApp, english: bool) -> Self {
        let path = if english { "/en/examples" } else { "/examples" };
        let response = app.get(path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
        let html = response.text().await.unwrap();
        assert!(html.contains(if english { "<html lang=\"en\">" } else { "<html lang=\"nl\">" }));
        let mut answers = Vec::new();
        for (_, file) in SECTIONS {
            let query = std::fs::read_to_string(project_file(&format!("examples/queries/{file}.graphql"))).unwrap();
            let variables =
                if english && query.contains("$language") { json!({ "language": "EN" }) } else { json!({}) };
            answers.push(app.graphql(&query, variables).await);
        }
        Self { html, english, answers }
    }

    /// The section and its answer.
    fn section(&self, anchor: &str) -> (&str, &Value) {
        let at = SECTIONS.iter().position(|(one, _)| *one == anchor).unwrap();
        let start = self.html.find(&format!("<section id=\"{anchor}\"")).unwrap_or_else(|| panic!("no {anchor}"));
        let rest = &self.html[start..];
        (&rest[..rest.find("</section>").unwrap()], &self.answers[at])
    }

    fn word<'a>(&self, dutch: &'a str, english: &'a str) -> &'a str {
        if self.english { english } else { dutch }
    }

    fn not_known(&self) -> String {
        self.word("niet bekend", "not known").to_owned()
    }

    /// A number to so many decimals, written in another way than the page does.
    fn number(&self, value: f64, decimals: i32) -> String {
        let scaled = format!("{value:.*}", usize::try_from(decimals).unwrap());
        let (whole, fraction) = scaled.split_once('.').unwrap_or((&scaled, ""));
        let reversed: Vec<char> = whole.chars().rev().collect();
        let groups: Vec<String> = reversed.chunks(3).map(|chunk| chunk.iter().collect()).collect();
        let grouped: String = groups.join(self.word(".", ",")).chars().rev().collect();
        if decimals == 0 { grouped } else { format!("{grouped}{}{fraction}", self.word(",", ".")) }
    }

    fn share(&self, value: &Value) -> String {
        format!("{}%", self.number(value.as_f64().unwrap() * 100.0, 1))
    }

    fn kilometres(&self, metres: &Value) -> String {
        metres.as_f64().map_or_else(|| self.not_known(), |metres| self.number(metres / 1_000.0, 1))
    }

    fn count(&self, value: &Value) -> String {
        value.as_f64().map_or_else(|| self.not_known(), |count| self.number(count, 0))
    }

    fn border(&self, row: &Value) -> String {
        if row["borderNearer"] == true { self.word("dichterbij", "nearer").to_owned() } else { String::new() }
    }

    fn status(&self, row: &Value) -> String {
        match row["status"].as_str().unwrap() {
            "COVERED" => self.word("zeker", "surely"),
            "PARTLY" => self.word("deels", "partly"),
            "UNCERTAIN" => self.word("onzeker", "uncertain"),
            "UNCOVERED" => self.word("zeker niet", "surely not"),
            other => panic!("{other}"),
        }
        .to_owned()
    }
}

/// The rows of the body of a table; of a drawn cell what the drawing says.
fn table(section: &str, name: &str) -> Vec<Vec<String>> {
    let start = section.find(&format!("data-table=\"{name}\"")).unwrap_or_else(|| panic!("no table {name}"));
    let rest = &section[start..];
    let table = &rest[..rest.find("</table>").unwrap()];
    assert!(table.contains("<caption") && table.contains("scope=\"col\""), "{name}");
    let body = &table[table.find("<tbody>").unwrap()..];
    let body = body.split("<tfoot>").next().unwrap();
    body.split("<tr").skip(1).filter(|row| !row.contains("rowgroup")).map(cells).collect()
}

fn cells(row: &str) -> Vec<String> {
    assert!(row.contains("<th scope=\"row\""), "{row}");
    let row = row.replace("<th ", "<td ");
    row.split("<td").skip(1).map(|cell| text(cell.split_once('>').unwrap().1)).collect()
}

/// The words of HTML: tags out, white space single, escapes undone.
fn text(html: &str) -> String {
    let pieces = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    // What stands before the first tag has no end of a tag in it.
    let joined: String = pieces.collect();
    let joined = joined.replace("&#38;", "&").replace("&#39;", "'").replace("&#34;", "\"").replace("&nbsp;", " ");
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn string(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn list(value: &Value) -> std::slice::Iter<'_, Value> {
    value.as_array().unwrap().iter()
}

/// The attributes of every element of that name and class, in their order.
fn marks<'a>(html: &'a str, element: &str, class: &str) -> Vec<&'a str> {
    let open = format!("<{element} class=\"{class}\"");
    html.split(&open).skip(1).map(|rest| rest.split('>').next().unwrap()).collect()
}

fn attribute(tag: &str, name: &str) -> f64 {
    let (_, rest) = tag.split_once(&format!(" {name}=\"")).unwrap_or_else(|| panic!("no {name} in {tag}"));
    rest.split('"').next().unwrap().trim_end_matches('%').parse().unwrap()
}

/// The bars of a table: of each row where the solid part and the hatched one end, per cent.
fn intervals(section: &str, name: &str) -> Vec<[f64; 2]> {
    let start = section.find(&format!("data-table=\"{name}\"")).unwrap();
    let table = section[start..].split("</table>").next().unwrap();
    let bars = table.split("<svg class=\"bar\"").skip(1).map(|bar| bar.split("</svg>").next().unwrap());
    bars.map(|bar| {
        let sure = marks(bar, "rect", "sure").first().map_or(0.0, |tag| attribute(tag, "width"));
        let maybe = marks(bar, "rect", "maybe").first().map_or(0.0, |tag| {
            assert!((attribute(tag, "x") - sure).abs() < 0.011, "{bar}");
            attribute(tag, "width")
        });
        [sure, sure + maybe]
    })
    .collect()
}

/// The name of a settlement, of a part with that of the whole, which here is never a part itself more than once.
fn told(settlement: &Value) -> String {
    let parent = &settlement["parent"];
    let town = parent["parent"]["name"].as_str().or(parent["name"].as_str());
    let name = string(&settlement["name"]);
    town.map_or_else(|| name.clone(), |town| format!("{name} (in {town})"))
}

fn settlement_rows(worked: &Worked, nodes: &Value) -> Vec<Vec<String>> {
    let row = |node: &Value| {
        let settlement = &node["settlement"];
        let name = match settlement["municipality"]["name"].as_str() {
            Some(municipality) => format!("{} {municipality}", told(settlement)),
            None => told(settlement),
        };
        vec![
            name,
            worked.count(&node["population"]),
            worked.status(node),
            worked.kilometres(&node["distanceAtLeast"]),
            worked.kilometres(&node["distanceAtMost"]),
            string(&node["place"]["name"]),
            worked.border(node),
        ]
    };
    list(nodes).map(row).collect()
}

fn gaps(worked: &Worked) {
    let (section, answer) = worked.section("bibliotheken");
    let coverage = &answer["coverage"];
    let shown = text(section);
    for part in [&coverage["atLeast"], &coverage["atMost"]] {
        assert!(shown.contains(&worked.share(&part["shareCovered"])));
    }
    assert!(shown.contains(&worked.count(&coverage["population"])));
    assert!(shown.contains(&text(coverage["note"].as_str().unwrap())));
    for warning in list(&coverage["warnings"]) {
        assert!(shown.contains(&text(warning.as_str().unwrap())), "{warning}");
    }
    let share = |row: &Value, bound: &str| row[bound]["shareCovered"].as_f64().unwrap();
    let mut rows: Vec<&Value> = list(&coverage["municipalities"]).collect();
    rows.sort_by(|a, b| {
        let key = |row: &Value| (share(row, "atMost"), share(row, "atLeast"));
        key(a).partial_cmp(&key(b)).unwrap()
    });
    let expected: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let places = match row["places"].as_u64().unwrap() {
                0 => worked.word("geen bekend", "none known").to_owned(),
                _ => worked.count(&row["places"]),
            };
            vec![
                string(&row["municipality"]["name"]),
                String::new(),
                worked.share(&row["atLeast"]["shareCovered"]),
                worked.share(&row["atMost"]["shareCovered"]),
                worked.count(&row["population"]),
                places,
            ]
        })
        .collect();
    assert_eq!(expected.len(), 25);
    assert_eq!(table(section, "municipalities"), expected);
    let bars = intervals(section, "municipalities");
    assert_eq!(bars.len(), rows.len());
    for (row, [sure, most]) in rows.iter().zip(bars) {
        assert!((sure - share(row, "atLeast") * 100.0).abs() < 0.02, "{row} {sure}");
        assert!((most - share(row, "atMost") * 100.0).abs() < 0.02, "{row} {most}");
    }
    assert_eq!(table(section, "settlements"), settlement_rows(worked, &coverage["settlements"]["nodes"]));
    let improvements: Vec<[String; 2]> = list(&coverage["improvements"])
        .map(|row| {
            let place = format!("{} {}", string(&row["place"]["name"]), string(&row["place"]["settlement"]));
            [place, worked.count(&row["populationUncertain"])]
        })
        .collect();
    let shown: Vec<[String; 2]> =
        table(section, "improvements").into_iter().map(|row| [row[0].clone(), row[2].clone()]).collect();
    assert_eq!(shown, improvements);
}

fn distances(worked: &Worked) {
    let (section, answer) = worked.section("kernen");
    let nodes = &answer["coverage"]["settlements"]["nodes"];
    let expected: Vec<Vec<String>> = list(nodes)
        .map(|node| {
            let settlement = &node["settlement"];
            vec![
                format!("{} {}", told(settlement), string(&settlement["municipality"]["name"])),
                String::new(),
                worked.kilometres(&node["distanceAtLeast"]),
                worked.kilometres(&node["distanceAtMost"]),
                worked.border(node),
                string(&node["place"]["name"]),
                worked.count(&settlement["population"]),
                match node["within5Km"].as_u64().unwrap() {
                    0 => worked.word("geen die zeker is", "none surely").to_owned(),
                    _ => worked.count(&node["within5Km"]),
                },
            ]
        })
        .collect();
    assert_eq!(expected.len(), 20);
    assert_eq!(table(section, "settlements"), expected);
    // The axis ends where its last mark says.
    let (_, marks) = section.split_once("<svg class=\"ruler\"").unwrap();
    let marks = text(&format!("<svg{}", marks.split("</svg>").next().unwrap().replace("<text", " <text")));
    let end: f64 = marks.strip_suffix(" km").unwrap().rsplit(' ').next().unwrap().replace(',', ".").parse().unwrap();
    for (node, [sure, most]) in list(nodes).zip(intervals(section, "settlements")) {
        let percent = |bound: &str| node[bound].as_f64().unwrap() / 1_000.0 / end * 100.0;
        assert!((sure - percent("distanceAtLeast")).abs() < 0.02, "{node} {sure}");
        assert!((most - percent("distanceAtMost")).abs() < 0.02, "{node} {most}");
    }
}

/// The area of a path by its corners, holes taken off, in its own units.
fn path_area(path: &str) -> f64 {
    let rings = path.split('Z').filter(|ring| !ring.is_empty()).map(|ring| {
        let corner = |text: &str| {
            let (x, y) = text.split_once(' ').unwrap();
            (x.parse::<f64>().unwrap(), y.parse::<f64>().unwrap())
        };
        let corners: Vec<(f64, f64)> = ring.trim_start_matches('M').split('L').map(corner).collect();
        let next = corners.iter().cycle().skip(1);
        corners.iter().zip(next).map(|(a, b)| (a.0 * b.1 - b.0 * a.1) / 2.0).sum::<f64>()
    });
    rings.sum::<f64>().abs()
}

fn map(worked: &Worked) {
    let (section, answer) = worked.section("gemeente");
    let municipality = &answer["municipality"];
    let coverage = &municipality["coverage"];
    let parts = [("solid", "coveredArea"), ("hatched", "uncertainArea"), ("sparse", "uncoveredArea")];
    let total: f64 = parts.iter().map(|(_, field)| coverage[*field].as_f64().unwrap()).sum();
    let rows: Vec<[String; 2]> =
        table(section, "areas").into_iter().map(|row| [row[1].clone(), row[2].clone()]).collect();
    let expected = parts.map(|(_, field)| {
        let area = coverage[field].as_f64().unwrap();
        [worked.number(area, 1), format!("{}%", worked.number(area / total * 100.0, 1))]
    });
    assert_eq!(rows, expected);
    assert_eq!(table(section, "settlements"), settlement_rows(worked, &coverage["settlements"]["nodes"]));

    let drawing = section.split("<svg class=\"map\"").nth(1).unwrap().split("</figure>").next().unwrap();
    let metres = attribute(drawing.split('>').next().unwrap(), "data-metres-per-unit");
    assert!(drawing.contains("role=\"img\"") && drawing.contains("<title id=") && drawing.contains("<desc id="));
    for (class, field) in parts {
        let paths = marks(drawing, "path", class);
        assert_eq!(paths.len(), 1, "{class}");
        let path = paths[0].split_once(" d=\"").unwrap().1.split('"').next().unwrap();
        let drawn = path_area(path) * metres * metres / 1e6;
        let area = coverage[field].as_f64().unwrap();
        assert!((drawn - area).abs() <= area * 0.01, "{field}: {area} km², drawn as {drawn}");
    }
    // A place that is not located at an address is a circle as wide as that is uncertain, and no point.
    let own = list(&municipality["places"]["nodes"]);
    let near = list(&municipality["adjacent"]).flat_map(|one| list(&one["places"]["nodes"]));
    let located = || own.clone().chain(near.clone()).filter(|place| !place["location"].is_null());
    let drawn = drawing.split("<g class=\"scale\"").next().unwrap();
    let radius = |tag: &str| (attribute(tag, "r") * metres).round() as i64;
    let circles: Vec<i64> = marks(drawn, "circle", "within").into_iter().map(radius).collect();
    let coarse: Vec<f64> = located()
        .filter(|place| place["location"]["precision"] != "ADDRESS")
        .map(|place| place["location"]["uncertaintyRadius"].as_f64().unwrap())
        .collect();
    assert!(!circles.is_empty());
    for radius in &circles {
        assert!(coarse.iter().any(|known| (known - *radius as f64).abs() <= metres), "{radius}");
    }
    let own_coarse =
        own.clone().filter(|place| !place["location"].is_null() && place["location"]["precision"] != "ADDRESS");
    assert!(circles.len() >= own_coarse.count());
    let exact = located().filter(|place| place["location"]["precision"] == "ADDRESS").count();
    let points = marks(drawn, "circle", "mark full").len();
    let own_exact = own.clone().filter(|place| place["location"]["precision"] == "ADDRESS").count();
    assert!((own_exact..=exact).contains(&points), "{points} of {own_exact} to {exact}");
}

/// The terms of a theme, none where they are not known.
fn terms(policy: &Value, field: &str) -> Option<Vec<String>> {
    match &policy[field] {
        Value::Null => None,
        Value::Array(terms) => Some(terms.iter().map(string).collect()),
        term => Some(vec![string(term)]),
    }
}

const THEMES: [(&str, &str, &str); 5] = [
    ("municipality.vision", "vision", "VisionStatus"),
    ("municipality.financial-support", "financialSupport", "FinancialSupport"),
    ("municipality.other-support", "otherSupport", "OtherSupport"),
    ("municipality.ambition", "ambition", "AmbitionStatus"),
    ("municipality.contact-moment", "contactMoment", "ContactMoment"),
];

fn policy(worked: &Worked) {
    let (section, answer) = worked.section("beleid");
    let label = |vocabulary: &str, term: &str| {
        let found = list(&answer["vocabularies"]).find(|one| one["name"] == vocabulary).unwrap();
        string(&list(&found["terms"]).find(|one| one["value"] == term).unwrap()["label"])
    };
    let municipalities: Vec<Vec<String>> = list(&answer["municipalities"])
        .map(|row| {
            let mut cells = vec![string(&row["name"])];
            for (_, field, vocabulary) in THEMES {
                let known = terms(&row["policy"], field);
                let labels = known.map(|terms| terms.iter().map(|term| label(vocabulary, term)).collect::<Vec<_>>());
                cells.push(labels.map_or_else(|| worked.not_known(), |labels| labels.join("; ")));
            }
            cells.push(worked.number(row["policy"]["documents"].as_array().unwrap().len() as f64, 0));
            cells
        })
        .collect();
    assert_eq!(municipalities.len(), 25);
    assert_eq!(table(section, "municipalities"), municipalities);

    let mut expected = Vec::new();
    let mut lengths = Vec::new();
    for question in list(&answer["survey"]["questions"]) {
        let parts = |given: &Value| list(&given["ofWhich"]).cloned().collect::<Vec<_>>();
        for given in list(&question["answers"]).flat_map(|given| std::iter::once(given.clone()).chain(parts(given))) {
            let theme = THEMES.iter().find(|(key, _, _)| question["key"] == *key);
            let term = string(&given["key"]).replace('-', "_").to_uppercase();
            let names: Vec<String> = theme.map_or_else(Vec::new, |(_, field, _)| {
                let shows = |row: &&Value| terms(&row["policy"], field).is_some_and(|terms| terms.contains(&term));
                list(&answer["municipalities"]).filter(shows).map(|row| string(&row["name"])).collect()
            });
            let is_read = given["legibility"] == "READ";
            let count = match &given["count"] {
                Value::Null => {
                    assert!(!is_read);
                    worked.word("niet bekend (niet leesbaar)", "not known (not readable)").to_owned()
                }
                count => worked.count(count),
            };
            let percentage = match given["publishedPercentage"].as_f64() {
                Some(percentage) => format!("{percentage}%"),
                None if is_read => worked.word("niet gepubliceerd", "not published").to_owned(),
                None => worked.not_known(),
            };
            let known = match (names.len(), theme) {
                (0, None) => worked.word("alleen als totaal", "as a total only").to_owned(),
                (0, Some(_)) => worked.not_known(),
                (count, _) => format!("{count}: {}", names.join(", ")),
            };
            expected.push(vec![string(&given["label"]), String::new(), count, percentage, known]);
            lengths.push((given["count"].as_f64(), (!names.is_empty()).then_some(names.len() as f64)));
        }
    }
    let mut shown = table(section, "figures");
    for row in &mut shown {
        for part in ["waarvan: ", "of which: "] {
            row[0] = row[0].trim_start_matches(part).to_owned();
        }
    }
    assert_eq!(shown, expected);
    // A bar is as long as its number out of 25; what is not known has none.
    let table = section.split("data-table=\"figures\"").nth(1).unwrap().split("</table>").next().unwrap();
    for (bar, (count, known)) in table.split("<svg class=\"bar\"").skip(1).zip(lengths) {
        let bar = bar.split("</svg>").next().unwrap();
        for (class, number) in [("pale", count), ("sure", known)] {
            let drawn = marks(bar, "rect", class).first().map(|tag| attribute(tag, "width"));
            assert_eq!(drawn, number.map(|number| number * 4.0), "{class} {bar}");
        }
    }
}

fn activities(worked: &Worked) {
    let (section, answer) = worked.section("ouderen");
    let ids =
        |field: &str| -> BTreeSet<String> { list(&answer[field]["nodes"]).map(|place| string(&place["id"])).collect() };
    let (known, possible) = (ids("known"), ids("knownOrUnknown"));
    assert!(!known.is_empty() && possible.len() > known.len(), "the example shows both");
    let query = std::fs::read_to_string(project_file("examples/queries/activities-near-a-village.graphql")).unwrap();
    let asked = query.split_once("$activities: [ActivityType!]! = [").unwrap().1.split(']').next().unwrap();
    let asked: Vec<&str> = asked.split(", ").collect();
    let vocabulary = list(&answer["vocabularies"]).find(|one| one["name"] == "ActivityType").unwrap();
    let label = |term: &str| {
        let label = string(&list(&vocabulary["terms"]).find(|one| one["value"] == term).unwrap()["label"]);
        let (first, rest) = label.split_at(1);
        format!("{}{rest}", first.to_lowercase())
    };
    let expected: Vec<Vec<String>> = list(&answer["near"]["edges"])
        .map(|edge| {
            let place = &edge["node"];
            let labels = |wanted: bool| -> String {
                let terms =
                    list(&place["activities"]).map(string).filter(|term| asked.contains(&term.as_str()) == wanted);
                terms.map(|term| label(&term)).collect::<Vec<_>>().join(", ")
            };
            let id = string(&place["id"]);
            let (these, others) = if known.contains(&id) {
                (labels(true), labels(false))
            } else if possible.contains(&id) {
                (worked.not_known(), worked.not_known())
            } else {
                (worked.word("niet genoemd", "not listed").to_owned(), labels(false))
            };
            let margin = place["location"]["uncertaintyRadius"].as_f64().unwrap();
            let distance = worked.kilometres(&edge["distance"]);
            let distance =
                if margin > 0.0 { format!("{distance} ± {}", worked.number(margin / 1_000.0, 1)) } else { distance };
            vec![format!("{} {}", string(&place["name"]), string(&place["settlement"])), these, others, distance]
        })
        .collect();
    assert_eq!(table(section, "places"), expected);
    let drawing = section.split("<svg class=\"map\"").nth(1).unwrap().split("<figcaption>").next().unwrap();
    let others = expected.len() - possible.len();
    assert_eq!(marks(drawing, "circle", "mark full").len(), known.len());
    assert_eq!(marks(drawing, "circle", "mark open").len(), possible.len() - known.len());
    assert_eq!(marks(drawing, "path", "mark cross").len(), others);
    // The point asked is that of the village that is named.
    let centre = &answer["village"]["location"]["rd"];
    for edge in list(&answer["near"]["edges"]) {
        let rd = &edge["node"]["location"]["rd"];
        let off = |axis: &str| rd[axis].as_f64().unwrap() - centre[axis].as_f64().unwrap();
        assert!((off("x").hypot(off("y")) - edge["distance"].as_f64().unwrap()).abs() < 1.0, "{edge}");
    }
}

fn citation(worked: &Worked) {
    let (section, answer) = worked.section("citeren");
    let (known, possible) = (&answer["known"], &answer["knownOrUnknown"]["totalCount"]);
    let unknown = possible.as_u64().unwrap() - known["totalCount"].as_u64().unwrap();
    let sentence = section.split("<blockquote").nth(1).unwrap().split("</blockquote>").next().unwrap();
    let sentence = text(&format!("<blockquote{sentence}"));
    let dataset = &answer["dataset"];
    for part in [worked.count(&known["totalCount"]), worked.number(unknown as f64, 0), string(&dataset["edition"])] {
        assert!(sentence.contains(&part), "{part}: {sentence}");
    }
    for source in list(&dataset["attribution"]) {
        assert!(sentence.contains(string(source).trim_start_matches("Bron: ")), "{source}: {sentence}");
    }
    let places: Vec<Vec<String>> = list(&known["nodes"])
        .map(|place| {
            let is_of_it = |source: &&Value| list(&source["fields"]).any(|field| field == "facilities");
            let sources: Vec<String> =
                list(&place["sources"]).filter(is_of_it).map(|source| string(&source["title"])).collect();
            vec![format!("{} {}", string(&place["name"]), string(&place["settlement"])), sources.join(", ")]
        })
        .collect();
    assert_eq!(table(section, "places"), places);
    let licences: Vec<Vec<String>> =
        list(&dataset["licences"]).map(|row| vec![string(&row["layer"]), string(&row["licence"])]).collect();
    assert_eq!(table(section, "licences"), licences);
    let figures: Vec<String> = table(section, "figures").into_iter().map(|row| row[1].clone()).collect();
    assert_eq!(
        figures,
        [
            worked.count(&known["totalCount"]),
            worked.number(unknown as f64, 0),
            worked.count(&dataset["placeCount"]),
            string(&dataset["edition"]),
            string(&dataset["publishedAt"])[..10].to_owned(),
        ]
    );
}

/// What holds of the page as a whole.
fn whole(worked: &Worked) {
    for (anchor, file) in SECTIONS {
        let (section, _) = worked.section(anchor);
        assert!(section.contains("<table"), "{anchor}");
        let before_query = section.split("<pre").next().unwrap();
        assert!(!before_query.contains('{'), "a blank in {anchor} is not filled in");
        let query = std::fs::read_to_string(project_file(&format!("examples/queries/{file}.graphql"))).unwrap();
        let query = &query[query.find("query ").unwrap()..];
        let shown = section.split("<pre").last().unwrap().split("</pre>").next().unwrap();
        assert_eq!(text(&format!("<pre{shown}")), text(query), "{anchor}");
        for name in section.split("data-table=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            for cell in table(section, name).iter().flatten() {
                assert!(!["nee", "no", "0", "null", "None"].contains(&cell.as_str()), "{anchor}, {name}: {cell}");
            }
        }
    }
    let page = worked.html.split("<pre").map(|piece| piece.split("</pre>").last().unwrap()).collect::<String>();
    assert!(
        !page.contains(" style=") && !page.contains("<script") && !page.contains("<style"),
        "the policy refuses it"
    );
}

async fn all(app: &TestApp) -> [Worked; 2] {
    let pages = [Worked::of(app, false).await, Worked::of(app, true).await];
    for worked in &pages {
        whole(worked);
        gaps(worked);
        distances(worked);
        map(worked);
        policy(worked);
        activities(worked);
        citation(worked);
    }
    pages
}

#[tokio::test]
async fn every_figure_and_drawing_of_the_worked_examples_is_what_the_query_answers() {
    let app = TestApp::shared().await;
    all(&app).await;
}

#[tokio::test]
async fn the_worked_examples_change_with_the_data() {
    let seed = Worked::of(&TestApp::shared().await, false).await;
    let changed = TestApp::start_changed(&changes()).await;
    let [changed, _] = all(&changed).await;
    for (anchor, _) in SECTIONS.iter().filter(|(anchor, _)| *anchor != "kernen") {
        let drawn =
            |worked: &Worked| worked.section(anchor).0.split("<div class=\"reading\"").next().unwrap().to_owned();
        assert_ne!(drawn(&seed), drawn(&changed), "{anchor}");
    }
    let (section, _) = changed.section("beleid");
    assert!(text(section).contains("niet bekend (niet leesbaar)"));
}

#[tokio::test]
async fn a_section_whose_query_has_no_answer_says_so_and_the_others_stand() {
    let gone = "UPDATE settlement SET id = 'NL.TOP10NL.1' WHERE id = 'NL.TOP10NL.103076818'".to_owned();
    let app = TestApp::start_changed(&[gone]).await;
    let page = app.get("/examples").await.text().await.unwrap();
    assert_eq!(page.matches("heeft in de huidige editie geen antwoord").count(), 1);
    assert_eq!(page.matches("<section id=").count(), 6);
    assert!(page.matches("data-table=").count() >= 10);
}

#[tokio::test]
async fn the_worked_examples_are_linked_to_and_kept_by_their_tag() {
    let app = TestApp::shared().await;
    for (home, path, other) in [("/places", "/examples", "/en/examples"), ("/en/places", "/en/examples", "/examples")] {
        assert!(app.get(home).await.text().await.unwrap().contains(&format!("href=\"{path}\"")), "{home}");
        let first = app.get(path).await;
        assert_eq!(
            first.headers()[header::CONTENT_SECURITY_POLICY],
            app.get(home).await.headers()[header::CONTENT_SECURITY_POLICY]
        );
        let tag = first.headers()[header::ETAG].clone();
        assert!(first.text().await.unwrap().contains(&format!("href=\"{other}\"")), "{path}");
        let again = app.client.get(format!("{}{path}", app.url)).header(header::IF_NONE_MATCH, &tag);
        let again = again.send().await.unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
        assert!(again.bytes().await.unwrap().is_empty());
        assert_ne!(app.get(other).await.headers()[header::ETAG], tag);
    }
    // Every link into the service answers, as what it says it is.
    let page = app.get("/en/examples").await.text().await.unwrap();
    let links: BTreeSet<String> =
        page.split("href=\"/").skip(1).map(|rest| rest.split('"').next().unwrap().replace("&#38;", "&")).collect();
    assert_eq!(links.iter().filter(|link| link.starts_with("graphql?")).count(), 6);
    for link in links {
        let response = app.get(&format!("/{link}")).await;
        assert_eq!(response.status(), StatusCode::OK, "{link}");
        if link.starts_with("graphql?") {
            let answer: Value = response.json().await.unwrap();
            assert!(answer["errors"].is_null() && answer["data"].is_object(), "{link}");
        }
    }
}
