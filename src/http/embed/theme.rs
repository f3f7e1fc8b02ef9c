//! `/embed/theme.css`: the colour and typeface of the site around the frame. A style sheet, since the policy of the page allows no other style.

use poem::{Request, Response, handler};

use crate::http::{
    parameters::{Address, Name, Parameters},
    problem::Problem,
    representation::{About, CACHE_NAMED_FOR, Representation},
};

const CSS: About = About::file("text/css; charset=utf-8");

/// Where the style sheet of what is asked is; none: nothing is asked.
pub(super) fn address(parameters: &Parameters) -> Option<String> {
    let asked = parameters.only(|name| matches!(name, Name::Accent | Name::Font)).query_string();
    (!asked.is_empty()).then(|| format!("/embed/theme.css{asked}"))
}

/// `/embed/theme.css?accent=…&font=…`: the same for ever.
#[handler]
pub(in crate::http) async fn css(request: &Request) -> Result<Response, Problem> {
    let parameters = Parameters::read(request, Address::Theme)?;
    Ok(Representation::new(written(&parameters)).answer(request.headers(), &CSS, CACHE_NAMED_FOR).await)
}

/// What is checked already: a colour is six hexadecimal digits, a typeface one of those that there are.
fn written(parameters: &Parameters) -> String {
    let mut sheet = String::new();
    if let Some(accent) = parameters.get(Name::Accent) {
        // On a dark page the same hue, lighter, as far as it takes to be read.
        sheet.push_str(&format!(
            ":root {{ --accent: #{accent}; --accent-strong: color-mix(in srgb, #{accent} 80%, black); --on-accent: #ffffff; \
             --wash: color-mix(in srgb, #{accent} 8%, white); }}\n\
             @media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: color-mix(in srgb, #{accent} 35%, white); \
             --accent-strong: color-mix(in srgb, #{accent} 20%, white); --on-accent: #0d1a1e; --wash: #1a2b31; }} }}\n"
        ));
    }
    let family = match parameters.get(Name::Font) {
        Some("serif") => Some("Georgia, \"Times New Roman\", serif"),
        Some("arial") => Some("Arial, \"Liberation Sans\", sans-serif"),
        Some("verdana") => Some("Verdana, \"DejaVu Sans\", sans-serif"),
        _ => None,
    };
    if let Some(family) = family {
        sheet.push_str(&format!("body, button, input, select {{ font-family: {family}; }}\n"));
    }
    sheet
}
