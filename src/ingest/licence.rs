//! Where the texts of licences stand.

/// Where the text of CC0 1.0 stands.
pub(crate) const CC0: &str = "https://creativecommons.org/publicdomain/zero/1.0/deed.nl";

/// Where the text of CC BY 4.0 stands.
pub(crate) const CC_BY: &str = "https://creativecommons.org/licenses/by/4.0/deed.nl";
