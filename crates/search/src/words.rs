//! Text cut into words: case, accents and punctuation fall away here and nowhere else.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Pieces of a written word that are shorter say nothing by themselves: the D of D'Oale, the S, I and O of S.I.O.
const SHORTEST_PIECE_LETTERS: usize = 3;

/// The key by which names are sorted: small letters without accents, words apart by one space, nothing else.
///
/// An apostrophe or a full stop inside a word joins its halves (`Möll'nwiek` is `mollnwiek`); every other sign, control characters
/// included, parts words. Articles stay, so `'t Aahoes` stands under the T, as in the printed lists of the municipalities themselves:
/// whoever looks a name up sees the same first letter in the list and on the façade. Text without a letter or digit gives `""`.
///
/// # Example
/// ```
/// use noaber_search::fold;
///
/// assert_eq!(fold("Wijkcentrum De Schöppe"), "wijkcentrum de schoppe");
/// assert_eq!(fold("’t Ni’je Terphoes"), "t nije terphoes");
/// ```
pub fn fold(text: &str) -> String {
    let words: Vec<_> = words(text).into_iter().map(|word| word.text).collect();
    words.join(" ")
}

/// One written word.
#[derive(Debug, PartialEq)]
pub(super) struct Word {
    /// Its letters and digits, folded.
    pub(super) text: String,
    /// The parts its writer marked by an apostrophe, a full stop or a capital (`KulturhusTrefpunt`), when worth finding by themselves.
    pub(super) pieces: Vec<String>,
}

/// The words of `text`, in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut word = WordBuilder::default();
    // U+00B4 decomposes into a space and an accent, which would part the word it is used in as an apostrophe.
    let decomposed = text.chars().map(|c| if c == '´' { '\'' } else { c }).nfkd();
    for c in decomposed {
        if is_combining_mark(c) || is_invisible(c) {
            continue;
        }
        if c.is_alphanumeric() {
            word.push(c);
        } else if !(is_joining(c) && word.join()) {
            words.extend(std::mem::take(&mut word).finish());
        }
    }
    words.extend(word.finish());
    words
}

/// The word a filler stands for (`'t` is `het`), or `None` for a word that distinguishes.
///
/// Names are remembered without them: people write `de`, `in 't`, `van` and `en` at will, in a name and in a question about it.
pub(super) fn filler(word: &str) -> Option<&'static str> {
    Some(match word {
        "de" => "de",
        "het" | "t" | "et" => "het",
        "een" | "n" => "een",
        "s" => "des",
        "en" => "en",
        "aan" | "an" => "aan",
        "bij" => "bij",
        "in" => "in",
        "op" => "op",
        "te" => "te",
        "van" | "vd" => "van",
        "voor" => "voor",
        _ => return None,
    })
}

#[derive(Default)]
struct WordBuilder {
    text: String,
    /// Where, in bytes of `text`, a piece starts.
    boundaries: Vec<usize>,
    /// A joining sign was read: the word goes on only if a letter follows.
    joined: bool,
    after_small_letter: bool,
}

impl WordBuilder {
    fn push(&mut self, c: char) {
        if self.joined || (self.after_small_letter && c.is_uppercase()) {
            self.boundaries.push(self.text.len());
        }
        self.joined = false;
        self.after_small_letter = c.is_lowercase();
        for small in c.to_lowercase() {
            match small {
                'ß' => self.text.push_str("ss"),
                'æ' => self.text.push_str("ae"),
                'œ' => self.text.push_str("oe"),
                'þ' => self.text.push_str("th"),
                'ø' => self.text.push('o'),
                'đ' | 'ð' => self.text.push('d'),
                'ħ' => self.text.push('h'),
                'ł' => self.text.push('l'),
                'ı' => self.text.push('i'),
                'ς' => self.text.push('σ'),
                other => self.text.push(other),
            }
        }
    }

    /// Whether a joining sign may stand here: after a letter, once.
    fn join(&mut self) -> bool {
        let fits = !self.text.is_empty() && !self.joined;
        self.joined = true;
        fits
    }

    fn finish(self) -> Option<Word> {
        let Self { text, boundaries, .. } = self;
        let mut pieces = Vec::new();
        if !boundaries.is_empty() {
            let mut start = 0;
            for end in boundaries.into_iter().chain([text.len()]) {
                let piece = &text[start..end];
                if piece.chars().count() >= SHORTEST_PIECE_LETTERS {
                    pieces.push(piece.to_owned());
                }
                start = end;
            }
        }
        (!text.is_empty()).then_some(Word { text, pieces })
    }
}

/// Apostrophes in all the forms keyboards and word processors make of them, and the full stop of abbreviations.
fn is_joining(c: char) -> bool {
    matches!(c, '\'' | '`' | '‘' | '’' | '‛' | '′' | 'ʹ' | 'ʻ' | 'ʼ' | '.')
}

/// Signs that are in copied text but not on the screen: soft hyphen, zero-width spaces and joiners, direction and byte order marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}
