//! What the page that writes the snippet shows, and the snippet.

use askama::Template;

use super::words::Words;
use crate::http::pages::{
    assets,
    frame::{Frame, Section},
    language::Language,
    list::{self, Choice},
};

/// What the page shows.
#[derive(Clone, Debug)]
pub(in crate::http) struct MakerView {
    /// The language of the page.
    pub(in crate::http) language: Language,
    /// Why the choice was refused.
    pub(in crate::http) refusal: Option<String>,
    /// Municipalities to choose from.
    pub(in crate::http) municipalities: Vec<Choice>,
    /// The code of the chosen one; empty: none.
    pub(in crate::http) municipality: String,
    /// Groups of boxes.
    pub(in crate::http) ticks: Vec<Ticks>,
    /// What is asked beside them and passed on.
    pub(in crate::http) hidden: Vec<(&'static str, String)>,
    /// The language that visitors will see.
    pub(in crate::http) shown_in: Language,
    /// Whether the national base map is chosen.
    pub(in crate::http) is_brt: bool,
    /// Whether visitors may be asked where they are.
    pub(in crate::http) may_locate: bool,
    /// The colour: six hexadecimal digits.
    pub(in crate::http) accent: String,
    /// The typeface.
    pub(in crate::http) font: String,
    /// Pixels.
    pub(in crate::http) height: u32,
    /// What the frame is about, in the language that visitors will see.
    pub(in crate::http) heading: String,
    /// Where this service was reached; none: not sure.
    pub(in crate::http) origin: Option<String>,
    /// The path that the frame shows.
    pub(in crate::http) address: String,
}

/// A group of boxes to tick.
#[derive(Clone, Debug)]
pub(in crate::http) struct Ticks {
    /// In the address.
    pub(in crate::http) name: &'static str,
    /// What it is about.
    pub(in crate::http) label: &'static str,
    /// What several ticks mean.
    pub(in crate::http) about: &'static str,
    /// Each box, and whether it is ticked.
    pub(in crate::http) choices: Vec<(bool, Choice)>,
}

/// What the frame may do: run our script, send our form, open a place in a window of its own. It has no origin, so it reads nothing of the
/// site around it, nor of ours.
pub(in crate::http) const SANDBOX: &str = "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox";

#[derive(Template)]
#[template(path = "pages/maker/maker.html")]
struct Page<'a> {
    frame: Frame,
    t: &'static Words,
    list: &'static list::Words,
    snippet: String,
    view: &'a MakerView,
}

impl Page<'_> {
    fn fonts(&self) -> [(&'static str, &'static str); 4] {
        [("system", self.t.font_system), ("arial", "Arial"), ("verdana", "Verdana"), ("serif", self.t.font_serif)]
    }

    fn number(&self, number: usize) -> String {
        self.frame.language.number(number)
    }
}

/// The page as HTML.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub(in crate::http) fn render(view: &MakerView) -> Result<String, askama::Error> {
    let t = Words::of(view.language);
    let page = Page {
        frame: Frame::new(view.language, t.title.to_owned(), t.description.to_owned(), "/embed/maker".to_owned(), "")
            .reached_at(view.origin.as_deref())
            .within(Section::Data),
        t,
        list: list::Words::of(view.language),
        snippet: snippet(view),
        view,
    };
    page.render()
}

fn snippet(view: &MakerView) -> String {
    let address = format!("{}{}", view.origin.as_deref().unwrap_or_default(), view.address);
    let (address, title) = (escaped(&address), escaped(&view.heading));
    let allow = if view.may_locate { " allow=\"geolocation\"" } else { "" };
    format!(
        "<iframe src=\"{address}\"\n  title=\"{title}\" lang=\"{}\" loading=\"lazy\" height=\"{}\" style=\"border:0;width:100%\"\n  \
         sandbox=\"{SANDBOX}\"{allow}></iframe>",
        view.shown_in.code(),
        view.height,
    )
}

/// A text that stays text in an attribute and between tags.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
