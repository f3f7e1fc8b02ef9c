//! The closed lists of words that the data is told in.
//!
//! The GraphQL derive stands here and not in the API's room, so that a term has one list of values and one description
//! for the database, the seed, the downloads and the schema.

use async_graphql::{Enum, resolver_utils::EnumType};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

mod label;
mod unknown;

pub use label::{TermLabel, label, labels};
pub use unknown::{is_about_a_term, items, or_unknown, those_known};

/// A closed list of terms.
pub trait Term: EnumType + Copy + Eq + 'static {
    /// The name of the list in the schema.
    const VOCABULARY: &'static str;

    /// All terms, in the order of the schema.
    fn all() -> impl Iterator<Item = Self> {
        Self::items().iter().map(|item| item.value)
    }

    /// The name in the schema, the seed and the database, such as `HUISKAMER_VAN_DE_WIJK`.
    fn name(self) -> &'static str {
        Self::items().iter().find(|item| item.value == self).map_or("", |item| item.name)
    }

    /// The term of that name.
    fn parse(name: &str) -> Option<Self> {
        Self::items().iter().find(|item| item.name == name).map(|item| item.value)
    }

    /// The term of a name that stands in stored data. One that this release does not have is told once in the log and is
    /// `None`: what has it is read as not known.
    fn stored(name: &str) -> Option<Self> {
        let found = Self::parse(name);
        if found.is_none() {
            unknown::tell(Self::VOCABULARY, name);
        }
        found
    }

    /// Its labels; every term has them, which a test shows.
    fn label(self) -> Option<&'static TermLabel> {
        label(Self::VOCABULARY, self.name())
    }

    /// Its position in the list, from 0.
    fn ordinal(self) -> usize {
        Self::items().iter().position(|item| item.value == self).unwrap_or_default()
    }
}

/// The names of every vocabulary with those of its terms.
pub fn all() -> Vec<(&'static str, Vec<&'static str>)> {
    fn names<T: Term>() -> (&'static str, Vec<&'static str>) {
        (T::VOCABULARY, T::all().map(Term::name).collect())
    }
    vec![
        names::<PlaceKind>(),
        names::<FacilityType>(),
        names::<ActivityType>(),
        names::<PlaceStatus>(),
        names::<KindBasis>(),
        names::<LegalForm>(),
        names::<RunBy>(),
        names::<Owner>(),
        names::<Audience>(),
        names::<LocationPrecision>(),
        names::<VisionStatus>(),
        names::<FinancialSupport>(),
        names::<OtherSupport>(),
        names::<AmbitionStatus>(),
        names::<ContactMoment>(),
        names::<PolicyTheme>(),
        names::<PolicyDocumentKind>(),
        names::<PolicyStance>(),
        names::<InventoryStatus>(),
        names::<Legibility>(),
        names::<NeighbourhoodLevel>(),
        names::<SettlementKind>(),
        names::<SurveySubject>(),
        names::<FindingKind>(),
    ]
}

macro_rules! terms {
    ($($vocabulary:ident)*) => {$(
        impl Term for $vocabulary {
            const VOCABULARY: &'static str = stringify!($vocabulary);
        }
        impl Serialize for $vocabulary {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
        impl<'de> Deserialize<'de> for $vocabulary {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let name = String::deserialize(deserializer)?;
                Self::parse(&name).ok_or_else(|| {
                    D::Error::custom(format!("`{name}` {} {}", unknown::NOT_A_TERM, stringify!($vocabulary)))
                })
            }
        }
    )*};
}
terms!(PlaceKind FacilityType ActivityType PlaceStatus KindBasis LegalForm RunBy Owner Audience LocationPrecision VisionStatus FinancialSupport OtherSupport AmbitionStatus ContactMoment PolicyTheme PolicyDocumentKind PolicyStance InventoryStatus Legibility NeighbourhoodLevel SettlementKind SurveySubject FindingKind);

/// Kind of social meeting place (soort ontmoetingsplek), in the words of the 2024 report.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// Kulturhus: culture, information and services under one roof, after the Scandinavian model.
    Kulturhus,
    /// Dorpshuis: village hall.
    Dorpshuis,
    /// Buurthuis: neighbourhood house.
    Buurthuis,
    /// Wijkcentrum: centre of a city district.
    Wijkcentrum,
    /// MFA (multifunctionele accommodatie): a building shared by several organisations.
    Mfa,
    /// Gemeenschapshuis: community house.
    Gemeenschapshuis,
    /// Overig: another kind of meeting place than the six named ones.
    Overig,
}

/// Facility in or at a place (maatschappelijke voorziening), in the words of the 2024 report.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FacilityType {
    /// Sport: sports hall or field.
    Sport,
    /// Bibliotheek: library or lending point.
    Bibliotheek,
    /// Filmhuis: small cinema.
    Filmhuis,
    /// Muziekonderwijs: music lessons.
    Muziekonderwijs,
    /// Theater: stage or theatre hall.
    Theater,
    /// Horeca: café, bar or kitchen.
    Horeca,
    /// Welzijnswerk: welfare work.
    Welzijnswerk,
    /// Vluchtelingenwerk: support for refugees.
    Vluchtelingenwerk,
    /// Vergaderruimtes: meeting rooms.
    Vergaderruimtes,
    /// GGD: municipal health service.
    Ggd,
    /// Kinderopvang: day care for children.
    Kinderopvang,
    /// BSO (buitenschoolse opvang): out-of-school care.
    Bso,
    /// Maatschappelijk werk: social work.
    MaatschappelijkWerk,
    /// Consultatiebureau: child health clinic.
    Consultatiebureau,
    /// Dagbesteding: supported day activities.
    Dagbesteding,
    /// Verloskundigen: midwives.
    Verloskundigen,
    /// Huiskamer van de wijk: open living room of the district.
    HuiskamerVanDeWijk,
    /// Thuiszorg: home care.
    Thuiszorg,
}

/// Activity held at a place (activiteit), in the words of the 2024 report.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActivityType {
    /// Bingo.
    Bingo,
    /// Kaarten: card games.
    Kaarten,
    /// Bridge.
    Bridge,
    /// Biljarten: billiards.
    Biljarten,
    /// Handwerken: needlework and crafts.
    Handwerken,
    /// Gym of yoga: gymnastics or yoga.
    GymYoga,
    /// Schilderen: painting.
    Schilderen,
    /// Koersbal: a bowling game for indoors.
    Koersbal,
    /// Koren: choirs.
    Koren,
    /// Wandelen: walking.
    Wandelen,
    /// Fietsen: cycling.
    Fietsen,
    /// Eetcafé: eating together, served.
    Eetcafe,
    /// Soos: social club, often for the elderly.
    Soos,
    /// Darten: darts.
    Darten,
    /// Sinterklaasfeest: feast of Saint Nicholas.
    Sinterklaasfeest,
    /// Kerstfeest: Christmas party.
    Kerstfeest,
    /// Burendag: the national neighbours' day in September.
    Burendag,
    /// Kleedjesmarkt: children's flea market.
    Kleedjesmarkt,
    /// Kinderactiviteit: activity for children.
    Kinderactiviteit,
    /// Koffiemoment: open coffee hour.
    Koffiemoment,
    /// Jeu de boules.
    JeuDeBoules,
    /// Samen koken: cooking together.
    SamenKoken,
}

/// Whether a place is in use (status).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceStatus {
    /// Open, as far as the newest source tells.
    Open,
    /// Gepland: decided or being built, not yet open.
    Planned,
    /// Gesloten: closed for good. `places` leaves these out unless the filter's `status` asks for them.
    Closed,
}

/// How the kind of a place is known (grondslag van de soort).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KindBasis {
    /// A source calls it so.
    Stated,
    /// Read from its name only, such as Dorpshuis Heino.
    FromName,
}

/// Legal form of the organisation behind a place (rechtsvorm).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LegalForm {
    /// Stichting: foundation.
    Stichting,
    /// Vereniging: association.
    Vereniging,
    /// Overig: another form, such as a church organisation or a partnership (VOF).
    Overig,
}

/// Who runs a place (wie beheert de plek), as public sources say; the report's answers on staffing are not per place.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RunBy {
    /// Vrijwilligers: volunteers only.
    Volunteers,
    /// Betaalde beheerder met vrijwilligers: a paid manager and volunteers.
    PaidManagerAndVolunteers,
    /// Welzijnsorganisatie: staff of a welfare organisation or housing association.
    WelfareOrganisation,
    /// Betaalde krachten: paid staff only.
    PaidStaff,
}

/// For whom an activity is (doelgroep).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Iedereen: everyone.
    Iedereen,
    /// Kinderen: children.
    Kinderen,
    /// Jongeren: young people.
    Jongeren,
    /// Volwassenen: adults.
    Volwassenen,
    /// Ouderen: older people.
    Ouderen,
    /// Ouders: parents.
    Ouders,
    /// Mantelzorgers: those who care for a relative or friend.
    Mantelzorgers,
    /// Nieuwkomers: newcomers to the Netherlands.
    Nieuwkomers,
    /// Mensen met een beperking: people with a disability.
    MensenMetEenBeperking,
    /// Vrouwen: women.
    Vrouwen,
    /// Mannen: men.
    Mannen,
}

/// Who owns the building (eigenaar van het gebouw).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// Gemeente: the municipality.
    Municipality,
    /// Woningcorporatie: a housing corporation.
    HousingCorporation,
    /// Stichting of vereniging: a foundation or association, often the one that runs the place.
    FoundationOrAssociation,
    /// Kerk: a church or congregation.
    Church,
    /// Anders: somebody else, such as a school, a care organisation or a company.
    Other,
}

/// What the point of a location stands for (nauwkeurigheid), from finest to coarsest.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LocationPrecision {
    /// Adres: the building or its address; `uncertaintyRadius` is 0.
    Address,
    /// Straat: somewhere in the street.
    Street,
    /// Postcode: the middle of a postcode area.
    Postcode,
    /// Wijk of buurt: the inner point of the district that holds it.
    Neighbourhood,
    /// Kern: the inner point of the village or town that holds it.
    Settlement,
}

/// How far a municipality is with a vision or policy on meeting places (visie of beleid).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VisionStatus {
    /// Vastgesteld: a vision or policy on meeting places is adopted.
    Adopted,
    /// Opgenomen in een integrale visie: part of a wider vision.
    PartOfIntegralVision,
    /// Voornemen: a vision is going to be made.
    Planned,
    /// Geen, onderzoekt de mogelijkheden: none, and the options are being explored.
    NoneExploring,
    /// Geen visie of beleid: none, as the municipality itself says.
    None,
}

/// How a municipality supports places with money (financiële ondersteuning).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FinancialSupport {
    /// Beheer of exploitatie van gebouwen: management or operation of buildings.
    BuildingOperation,
    /// Organiseren van activiteiten: organising activities.
    Activities,
    /// Onderhoud, verduurzaming en energiekosten: maintenance, sustainability and energy.
    MaintenanceSustainabilityEnergy,
    /// Maatwerk op verzoek: no structural support, bespoke financial help on request.
    CustomOnRequest,
}

/// How a municipality supports places otherwise (andere ondersteuning).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OtherSupport {
    /// Bestuurscoaches: coaches or advisers for boards.
    BoardCoaches,
    /// Netwerk: growing the network, network meetings.
    Network,
    /// Ambtelijke expertise: officials with knowledge and expertise.
    OfficialsExpertise,
    /// Vrijwilligers vinden: finding volunteers and board members.
    VolunteerRecruitment,
    /// Afhankelijk van de vraag: depending on the request.
    OnDemand,
    /// Geen, of via welzijnsorganisaties: none, or through welfare organisations.
    NoneOrViaWelfare,
}

/// Whether a municipality has ambitions for meeting places (ambitie).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AmbitionStatus {
    /// Ja: it has ambitions.
    Yes,
    /// In onderzoek of visie: part of running research or of a vision to come.
    InResearchOrVision,
}

/// Whether a municipality brings the places together regularly (contactmoment).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContactMoment {
    /// Georganiseerd: it organises or facilitates a joint contact moment.
    Organised,
    /// Geen: no recurring contact moment, as the municipality itself says.
    None,
}

/// Theme of municipal policy on meeting places (beleidsthema), as in the 2024 report.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyTheme {
    /// Visie of beleid.
    Vision,
    /// Financiële ondersteuning: support with money.
    FinancialSupport,
    /// Andere ondersteuning: other support.
    OtherSupport,
    /// Ambitie.
    Ambition,
    /// Contactmoment: places and municipality meet.
    ContactMoment,
}

/// Kind of policy document (soort beleidsstuk).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyDocumentKind {
    /// Visie: vision or framework note.
    Vision,
    /// Accommodatiebeleid: policy on buildings.
    AccommodationPolicy,
    /// Wijk- of kernenaanpak: approach per district or village.
    NeighbourhoodApproach,
    /// Subsidieregeling: subsidy regulation.
    SubsidyRegulation,
    /// Contact en netwerk: meetings and networks.
    ContactNetwork,
    /// Coalitieprogramma: programme of a coalition.
    CoalitionProgramme,
    /// Overig: another kind of document.
    Other,
}

/// What a document does for meeting places (strekking). Null: not assessed.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyStance {
    /// Steunt: decides in favour of them.
    Supports,
    /// Stelt voor: a proposal, not decided.
    Proposes,
    /// Evalueert: looks back.
    Evaluates,
    /// Burgerinitiatief: a request of citizens.
    CitizenInitiative,
    /// Vervallen: no longer in force.
    Expired,
    /// Vermindert: cuts support.
    Reduces,
    /// Verworpen: voted down.
    Rejected,
}

/// Whether the list of places of a municipality is complete, as the municipality itself states it (volledigheid).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InventoryStatus {
    /// Onbekend: it has not said so. No place known is then not the same as no place.
    Unknown,
    /// Onvolledig: it says that places are missing.
    Incomplete,
    /// Volledig: it says that the list is complete.
    Complete,
}

/// Whether a published figure could be read (leesbaarheid).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Legibility {
    /// Gelezen: read from the text.
    Read,
    /// Gereconstrueerd: read from a picture, matched to its label by layout.
    Reconstructed,
    /// Onleesbaar: not published or not readable; the figure is null.
    Unreadable,
}

/// Level of the CBS division below the municipality.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NeighbourhoodLevel {
    /// Wijk: district.
    Wijk,
    /// Buurt: neighbourhood within a wijk.
    Buurt,
}

/// Type of a settlement in TOP10NL (typeGebied). Types overlap: a woonkern contains its wijken and buurten.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SettlementKind {
    /// Woonkern: town or village.
    Woonkern,
    /// Wijk: district of a town.
    Wijk,
    /// Buurt: neighbourhood.
    Buurt,
    /// Buurtschap: rural community.
    Buurtschap,
    /// Gehucht: hamlet.
    Gehucht,
    /// Deelkern: part of a town.
    Deelkern,
    /// Stadsdeel: borough.
    Stadsdeel,
    /// Industriekern: industrial area.
    Industriekern,
}

/// Whom a question of the report is about.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SurveySubject {
    /// Gemeenten: the 25 municipalities.
    Municipalities,
    /// Ontmoetingsplekken: the places that answered.
    Places,
}

/// What sort of finding of the report it is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// Reden: a reason that was given.
    Reason,
    /// Conclusie: a conclusion.
    Conclusion,
    /// Aanbeveling: a recommendation.
    Recommendation,
}
