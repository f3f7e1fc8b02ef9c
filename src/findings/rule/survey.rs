//! Answers to the questionnaire of places.

macro_rules! survey {
    ([$next:ident $($later:ident)*] $($before:tt)*) => { $next! { [$($later)*] $($before)*
        /// A line of the municipality's sheet that nobody reads.
        UnknownQuestion "unknown-question" Note {
            "Regel “{value}” van het blad Gemeente kennen we niet en is niet gelezen." ""
            "Line “{value}” of the municipality's sheet is not known and was not read." ""
        }
        /// A list that is said to be complete, with another number of places than are known.
        InventoryDisagrees "inventory-disagrees" Refused {
            "De lijst van {value} geldt nog niet als volledig: {0} plekken opgegeven, {1} bekend, {2} rijen niet overgenomen."
            "Herstel de rijen die niet zijn overgenomen, vul aan wat ontbreekt of meld wat dicht is, en lees het bestand opnieuw in."
            "The list of {value} does not count as complete yet: {0} places stated, {1} known, {2} rows left out."
            "Correct the rows that were left out, add what is missing or say what is closed, and import the file again."
        }
        /// A list that is said to be complete without a number, and of which rows were not taken or places are missing.
        InventoryNotCounted "inventory-not-counted" Refused {
            "De lijst van {value} geldt nog niet als volledig: {2} rijen niet overgenomen, en {0} van de {1} bekende plekken staan er niet in."
            "Herstel de rijen die niet zijn overgenomen, vul aan wat ontbreekt of meld wat dicht is, en lees het bestand opnieuw in."
            "The list of {value} does not count as complete yet: {2} rows left out, and {0} of the {1} known places are not in it."
            "Correct the rows that were left out, add what is missing or say what is closed, and import the file again."
        }
        /// Something else than a yes or a no about consent.
        ConsentUnclear "consent-unclear" Refused {
            "Hier staat iets anders dan ja of nee; dat telt als geen toestemming, dus van deze plek wordt niets openbaar."
            "Zet er ja als de plek toestemming gaf, en anders nee."
            "Something other than yes or no stands here; it counts as no consent, so nothing of this place is published."
            "Write yes where the place gave its consent, and no otherwise."
        }
        /// A file of answers that does not ask for consent.
        NoConsentColumn "no-consent-column" Note {
            "Er is geen kolom “toestemming”: van geen enkele plek wordt iets openbaar, alleen totalen worden geteld."
            "Zet in een kolom “toestemming” ja bij de plekken die toestemming gaven."
            "There is no column “consent”: nothing of any place is published, only totals are counted."
            "Write yes in a column “consent” for the places that gave theirs."
        }
        /// Not an answer to the question.
        SurveyAnswer "survey-answer" Refused {
            "Wat hier staat, is geen antwoord op de vraag “{0}” en telt niet mee." "Kies uit: {1}."
            "What stands here is no answer to the question “{0}” and is not counted." "Choose from: {1}."
        }
        /// Neither yes nor no to one answer.
        SurveyTick "survey-tick" Refused {
            "Wat hier staat bij de vraag “{0}”, is geen ja en geen nee en telt niet mee." "Schrijf ja of nee."
            "What stands here at the question “{0}” is neither yes nor no and is not counted." "Write yes or no."
        }
        /// A column of a person or of open answers.
        PersonalColumn "personal-column" Note {
            "Kolom “{value}” gaat over een persoon of is een open antwoord; ze is niet gelezen en nergens bewaard." ""
            "Column “{value}” is about a person or holds open answers; it was neither read nor kept." ""
        }
        /// A sheet in which nothing is asked.
        SheetWithoutQuestions "sheet-without-questions" Note {
            "Blad of bestand “{value}” is niet gelezen: er is geen kolom “toestemming” en geen kolom van een vraag."
            "Zet de koppen in de eerste rij."
            "Sheet or file “{value}” was not read: it has neither a column “consent” nor one of a question."
            "Put the headings in the first row."
        }
        /// A file of answers in which nobody answers anything: it would take back all that was said before.
        NoAnswers "no-answers" Refused {
            "Er is geen enkele rij met antwoorden; er is niets overgenomen en niets ingetrokken."
            "Kijk na of dit het goede bestand is, en of de koppen in de eerste rij staan."
            "There is no row with answers; nothing was taken and nothing taken back."
            "Check that this is the right file, and that the headings are in the first row."
        }
        /// A questionnaire of before the one that was taken.
        OlderQuestionnaire "older-questionnaire" Refused {
            "Deze vragenlijst is van {0}, en die van {1} is al ingelezen; er is niets overgenomen."
            "Is dit toch de nieuwste, laat `--date` dan weg of geef een latere dag."
            "This questionnaire is of {0}, and the one of {1} has been taken already; nothing was taken."
            "If this is the newest after all, leave `--date` out or give a later day."
        }
    } };
}
pub(super) use survey;
