//! A text as tokens, without a parser.

/// A token and where it begins, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) start: usize,
    pub(crate) text: &'a str,
    pub(crate) kind: Kind,
}

impl Token<'_> {
    /// The byte after the last one.
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Name,
    Number,
    /// In quotes. One that meets the end of its line ends there: the parser stops at it.
    Text,
    /// In `"""`.
    BlockText,
    /// In `"""`, without an end: the parser would read the rest otherwise.
    OpenBlockText,
    /// One character, or `...`.
    Punctuation,
    /// What GraphQL has no use for.
    Other,
}

/// The tokens of a text. What lies between them (white space, commas, comments) is skipped. Nothing is allocated.
#[derive(Clone, Debug)]
pub(crate) struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let bytes = self.text.as_bytes();
        loop {
            let start = self.at;
            let rest = &bytes[start..];
            let (length, kind) = match *rest.first()? {
                b' ' | b'\t' | b'\n' | b'\r' | b',' => {
                    self.at += 1;
                    continue;
                }
                // The byte order mark is white space in GraphQL.
                0xEF if rest.starts_with(&[0xEF, 0xBB, 0xBF]) => {
                    self.at += 3;
                    continue;
                }
                b'#' => {
                    self.at += run(rest, |byte| byte != b'\n' && byte != b'\r');
                    continue;
                }
                b'"' if rest.starts_with(b"\"\"\"") => match block_string(rest) {
                    Some(length) => (length, Kind::BlockText),
                    None => (rest.len(), Kind::OpenBlockText),
                },
                b'"' => (string(rest), Kind::Text),
                b'.' if rest.starts_with(b"...") => (3, Kind::Punctuation),
                b'_' | b'a'..=b'z' | b'A'..=b'Z' => (run(rest, is_name), Kind::Name),
                b'-' | b'0'..=b'9' => {
                    let more = |byte| is_name(byte) || matches!(byte, b'.' | b'+' | b'-');
                    (1 + run(&rest[1..], more), Kind::Number)
                }
                0x80.. => (run(rest, |byte| byte >= 0x80), Kind::Other),
                b'{' | b'}' | b'[' | b']' | b'(' | b')' | b'!' | b'$' | b'&' | b':' | b'=' | b'@' | b'|' => {
                    (1, Kind::Punctuation)
                }
                _ => (1, Kind::Other),
            };
            self.at += length;
            return Some(Token { start, text: &self.text[start..self.at], kind });
        }
    }
}

fn is_name(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}

/// How many bytes at the start satisfy `test`.
fn run(bytes: &[u8], test: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|&byte| !test(byte)).unwrap_or(bytes.len())
}

/// The length of the block string at the start of `bytes`, if it has an end.
fn block_string(bytes: &[u8]) -> Option<usize> {
    let mut at = 3;
    while at < bytes.len() {
        if bytes[at..].starts_with(b"\\\"\"\"") {
            at += 4;
        } else if bytes[at..].starts_with(b"\"\"\"") {
            return Some(at + 3);
        } else {
            at += 1;
        }
    }
    None
}

/// The length of the string at the start of `bytes`.
fn string(bytes: &[u8]) -> usize {
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\n' | b'\r' => return at,
            // An escaped character may be longer than a byte, and one cut in half is no text.
            b'\\' if bytes.get(at + 1).is_some_and(|next| next.is_ascii_graphic()) => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}
