//! `/embed/maker` and `/en/embed/maker`: writes the piece of HTML that shows the places in another site.

use askama::Template;

use super::{
    Language, assets,
    frame::Frame,
    landing::Choice,
    phrases::{Phrases as Common, embed::Phrases},
};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct MakerView {
    /// The language of the page.
    pub language: Language,
    /// Why the choice was refused.
    pub refusal: Option<String>,
    /// Municipalities to choose from.
    pub municipalities: Vec<Choice>,
    /// The code of the chosen one; empty: none.
    pub municipality: String,
    /// Groups of boxes.
    pub ticks: Vec<Ticks>,
    /// The language that visitors will see.
    pub shown_in: Language,
    /// Whether the national base map is chosen.
    pub is_brt: bool,
    /// Pixels.
    pub height: u32,
    /// What the frame is about, in the language that visitors will see.
    pub heading: String,
    /// Where this service was reached; none: not sure.
    pub origin: Option<String>,
    /// The path that the frame shows.
    pub address: String,
}

/// A group of boxes to tick.
#[derive(Clone, Debug)]
pub struct Ticks {
    /// In the address.
    pub name: &'static str,
    /// What it is about.
    pub label: &'static str,
    /// What several ticks mean.
    pub about: &'static str,
    /// Each box, and whether it is ticked.
    pub choices: Vec<(bool, Choice)>,
}

/// What the frame may do: run our script, send our form, open a place in a window of its own. It has no origin, so it reads nothing of the
/// site around it, nor of ours.
pub const SANDBOX: &str = "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox";

#[derive(Template)]
#[template(path = "maker.html")]
struct Page<'a> {
    frame: Frame,
    t: &'static Phrases,
    common: &'static Common,
    snippet: String,
    view: &'a MakerView,
}

impl Page<'_> {
    fn number(&self, number: usize) -> String {
        self.frame.language.number(number)
    }
}

/// The page as HTML, to be sent with [`MAKER_CSP`](super::MAKER_CSP).
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub fn render(view: &MakerView) -> Result<String, askama::Error> {
    let t = Phrases::of(view.language);
    let page = Page {
        frame: Frame::new(
            view.language,
            t.maker_title.to_owned(),
            t.maker_description.to_owned(),
            "/embed/maker".to_owned(),
            "",
        ),
        t,
        common: view.language.phrases(),
        snippet: snippet(view),
        view,
    };
    page.render()
}

fn snippet(view: &MakerView) -> String {
    let address = format!("{}{}", view.origin.as_deref().unwrap_or_default(), view.address);
    let (address, title) = (escaped(&address), escaped(&view.heading));
    format!(
        "<iframe src=\"{address}\"\n  title=\"{title}\" lang=\"{}\" loading=\"lazy\" width=\"100%\" height=\"{}\" style=\"border:0\"\n  \
         sandbox=\"{SANDBOX}\">\n  <a href=\"{address}\">{title}</a>\n</iframe>",
        view.shown_in.code(),
        view.height,
    )
}

/// A text that stays text in an attribute and between tags.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
