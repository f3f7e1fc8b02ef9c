//! Which files there are.

use std::sync::LazyLock;

use crate::{
    collections::{self, Collection},
    http::{
        export::Format,
        pages::language::Language as PageLanguage,
        parameters::{Address, FileAs, FileOf, Name, Parameters},
        representation::About,
    },
    model::Language,
    spatial::Crs,
};

/// A file of a collection.
pub(in crate::http) struct File {
    pub(in crate::http) path: &'static str,
    pub(super) of: FileOf,
    pub(in crate::http) r#as: FileAs,
    /// What it has; none where that is computed.
    pub(in crate::http) collection: Option<&'static Collection>,
    pub(super) about: About,
}

/// What rows of a collection can be asked by.
fn of(name: &str) -> FileOf {
    match name {
        "places" => FileOf::Places,
        "activities" => FileOf::Activities,
        "survey" | "sources" | "layers" => FileOf::Everything,
        _ => FileOf::Municipalities,
    }
}

/// All files. `/activities.csv` is not among them: it has a row for each rule.
pub(in crate::http) fn files() -> &'static [File] {
    static FILES: LazyLock<Vec<File>> = LazyLock::new(|| {
        let mut files = Vec::new();
        for collection in collections::all() {
            for r#as in FileAs::ALL {
                let has_geometry = collection.shape.is_some();
                let is_there = match r#as {
                    FileAs::Csv => collection.name != "activities",
                    FileAs::Geojson | FileAs::Flatgeobuf => has_geometry,
                    FileAs::Xlsx => true,
                };
                if is_there {
                    files.push(File::new(collection.name, of(collection.name), Some(collection), r#as));
                }
            }
        }
        files.extend(FileAs::ALL.map(|r#as| File::new("coverage", FileOf::Coverage, None, r#as)));
        files
    });
    &FILES
}

/// The path of a file, where it is that of one.
pub(in crate::http) fn file_at(path: &str) -> Option<&'static str> {
    files().iter().find(|file| file.path == path).map(|file| file.path)
}

impl File {
    fn new(name: &str, of: FileOf, collection: Option<&'static Collection>, r#as: FileAs) -> Self {
        let name = format!("{name}.{}", r#as.extension());
        let how = if r#as == FileAs::Geojson { "inline" } else { "attachment" };
        // Once for each file, for as long as the program runs.
        let disposition = &*format!("{how}; filename=\"{name}\"").leak();
        let path = &*format!("/{name}").leak();
        let about = About { disposition: Some(disposition), ..About::file(r#as.media_type()) };
        Self { path, of, r#as, collection, about }
    }

    /// What its address takes.
    pub(in crate::http) fn address(&self) -> Address {
        Address::File(self.of, self.r#as)
    }

    /// How it is written.
    pub(super) fn format(&self, parameters: &Parameters) -> Format {
        let crs = match parameters.get(Name::Crs) {
            Some("28992") => Crs::Rd,
            Some("4258") => Crs::Etrs89,
            _ => Crs::Crs84,
        };
        match self.r#as {
            FileAs::Csv if parameters.get(Name::Format) == Some("nl") => Format::DutchCsv,
            FileAs::Csv => Format::Csv,
            FileAs::Geojson => Format::Geojson(crs),
            FileAs::Flatgeobuf => Format::Flatgeobuf(crs),
            FileAs::Xlsx => Format::Xlsx(match parameters.language() {
                Some(PageLanguage::En) => Language::En,
                _ => Language::Nl,
            }),
        }
    }
}
