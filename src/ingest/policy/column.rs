//! The columns of a table of policy documents: a row a document, with what it shows per theme.

use chrono::NaiveDate;

use crate::{
    ingest::{
        places::column::Lexicon,
        tabular::{
            choices::Choices,
            columns::{ColumnInfo, Columns, Fixed, dashed, fixed},
        },
    },
    model::{
        Facts, Themed,
        vocabulary::{
            self, AmbitionStatus, ContactMoment, PolicyDocumentKind, PolicyStance, PolicyTheme, Term, VisionStatus,
        },
    },
};

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// Our key of the document.
    Key,
    /// Name or code of the municipality.
    Municipality,
    /// Title.
    Title,
    /// Kind of document.
    Kind,
    /// What it does for meeting places.
    Stance,
    /// Year.
    Year,
    /// What it is about, as a list.
    Themes,
    /// Summary in Dutch.
    Summary,
    /// Where it stands.
    Url,
    /// The status that it shows on a theme that has one.
    Status(PolicyTheme),
    /// A kind of support that it shows.
    Support(Themed),
    /// Why it shows what is said on a theme.
    Ground(PolicyTheme),
    /// Day of the statement.
    StatedOn,
}

/// In the order of the template; the columns of the themes come after these.
const COLUMNS: [Fixed<Column>; 9] = [
    fixed(
        Column::Key,
        "key",
        "sleutel",
        &["documentKey"],
        "Niet wijzigen: hieraan herkennen we het stuk. Laat leeg bij een nieuw stuk.",
    ),
    fixed(
        Column::Municipality,
        "municipality",
        "gemeente",
        &["gemeentenaam", "gemeentecode", "municipalityCode", "municipalityName"],
        "Naam of CBS-code van de gemeente.",
    ),
    fixed(Column::Title, "title", "titel", &["naam", "naam stuk", "document", "stuk"], "Hoe het stuk heet."),
    fixed(
        Column::Kind,
        "kind",
        "soort stuk",
        &["soort", "soort document", "soort beleidsdocument"],
        "Kies uit de lijst.",
    ),
    fixed(
        Column::Stance,
        "stance",
        "strekking",
        &["strekking van het document"],
        "Wat het stuk voor ontmoetingsplekken doet. Kies uit de lijst, of laat leeg als dat niet beoordeeld is.",
    ),
    fixed(Column::Year, "year", "jaar", &["jaartal"], "Het jaar van het stuk."),
    fixed(
        Column::Themes,
        "themes",
        "thema’s",
        &["themas", "thema", "theme"],
        "Waarover het gaat; meer dan één gescheiden door |. De keuzes staan op het blad Lijsten.",
    ),
    fixed(
        Column::Summary,
        "summary",
        "samenvatting",
        &["omschrijving", "inhoud"],
        "Wat het stuk over ontmoetingsplekken zegt, in een of twee zinnen, zonder namen van personen.",
    ),
    fixed(
        Column::Url,
        "url",
        "webadres",
        &["webpagina", "link", "bron", "source", "sourceUrl"],
        "Waar het stuk te lezen is, https://…",
    ),
];

const STATED_ON: Fixed<Column> = fixed(
    Column::StatedOn,
    "statedOn",
    "opgave datum",
    &["datum opgave", "peildatum", "stated", "assessed"],
    "De dag waarop dit is vastgesteld, als dat niet de dag van inlezen is.",
);

/// The words that policy is read with. Made once for an import.
#[derive(Clone, Debug)]
pub struct PolicyWords {
    pub(super) columns: Columns<Column>,
    pub(super) kinds: Choices<PolicyDocumentKind>,
    pub(super) stances: Choices<PolicyStance>,
    pub(super) themes: Choices<PolicyTheme>,
    vision: Choices<VisionStatus>,
    ambition: Choices<AmbitionStatus>,
    contact_moment: Choices<ContactMoment>,
    /// Municipalities and the day.
    pub(super) lexicon: Lexicon,
}

impl PolicyWords {
    /// The words of `facts`; a date after `today` is refused.
    pub fn new(facts: &Facts, today: NaiveDate) -> Self {
        let themes = Choices::<PolicyTheme>::of(&[]);
        let mut columns: Vec<ColumnInfo<Column>> = COLUMNS.iter().map(Fixed::info).collect();
        for theme in PolicyTheme::all() {
            let label = themes.label(theme);
            match theme {
                PolicyTheme::FinancialSupport => columns.extend(kinds_of_support(Themed::FinancialSupport)),
                PolicyTheme::OtherSupport => columns.extend(kinds_of_support(Themed::OtherSupport)),
                PolicyTheme::Vision | PolicyTheme::Ambition | PolicyTheme::ContactMoment => {
                    let explanation =
                        "De stand die het stuk laat zien. Kies uit de lijst; - als het er geen laat zien.";
                    let mut info = dashed(fixed(Column::Status(theme), "", "", &[], explanation)).info();
                    info.key = format!("status.{}", theme.name());
                    info.heading = format!("{label}: stand");
                    info.has_none = true;
                    columns.push(info);
                }
            }
            let explanation =
                "De zin of het besluit in het stuk waaruit dat blijkt. Nodig bij alles wat u voor dit thema invult.";
            let mut info = fixed(Column::Ground(theme), "", "", &[], explanation).info();
            info.key = format!("ground.{}", theme.name());
            info.heading = format!("{label}: grond");
            columns.push(info);
        }
        columns.push(STATED_ON.info());
        Self {
            columns: Columns::of(columns),
            kinds: Choices::of(&[]),
            stances: Choices::of(&[]),
            themes,
            vision: Choices::of(&[]),
            ambition: Choices::of(&[]),
            contact_moment: Choices::of(&[]),
            lexicon: Lexicon::new(facts, today),
        }
    }

    /// The status of a name on a theme that has one; `None`: there is none of that name.
    pub(super) fn status(&self, theme: PolicyTheme, text: &str) -> Option<Themed> {
        match theme {
            PolicyTheme::Vision => self.vision.find(text).map(Themed::Vision),
            PolicyTheme::Ambition => self.ambition.find(text).map(Themed::Ambition),
            PolicyTheme::ContactMoment => self.contact_moment.find(text).map(Themed::ContactMoment),
            PolicyTheme::FinancialSupport | PolicyTheme::OtherSupport => None,
        }
    }

    /// The Dutch labels of the statuses of a theme that has one.
    pub(super) fn statuses(&self, theme: PolicyTheme) -> Vec<&str> {
        match theme {
            PolicyTheme::Vision => self.vision.labels().collect(),
            PolicyTheme::Ambition => self.ambition.labels().collect(),
            PolicyTheme::ContactMoment => self.contact_moment.labels().collect(),
            PolicyTheme::FinancialSupport | PolicyTheme::OtherSupport => Vec::new(),
        }
    }

    /// The Dutch label of a status on a theme that has one.
    pub(super) fn label(&self, status: Themed) -> &str {
        match status {
            Themed::Vision(status) => self.vision.label(status),
            Themed::Ambition(status) => self.ambition.label(status),
            Themed::ContactMoment(status) => self.contact_moment.label(status),
            Themed::FinancialSupport(_) | Themed::OtherSupport(_) => "",
        }
    }
}

fn kinds_of_support<T: Term>(themed: fn(T) -> Themed) -> impl Iterator<Item = ColumnInfo<Column>> {
    let choices = Choices::<T>::of(&[]);
    let theme = vocabulary::label(T::VOCABULARY, "").map_or(T::VOCABULARY, |label| &label.label_nl);
    T::all().map(move |term| {
        let status = themed(term);
        let explanation = "ja: het stuk laat zien dat de gemeente dit doet; -: het laat dat niet zien.";
        let mut info = dashed(fixed(Column::Support(status), "", "", &[], explanation)).info();
        info.key = format!("support.{}.{}", status.theme().name(), term.name());
        info.heading = format!("{theme}: {}", choices.label(term));
        info.synonyms = vec![term.name().to_owned()];
        info
    })
}
