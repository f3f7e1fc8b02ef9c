//! Which file calls which, by what each of them names.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use super::source::{NamedPath, Source};

/// That a file names something of another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Arrow {
    /// The module that names it.
    pub(super) from: String,
    /// The module in which it is defined.
    pub(super) to: String,
    /// How it is named.
    pub(super) path: String,
}

/// The files of the house by the path of their module, which is empty for the crate itself. A member of the workspace is a
/// module here, as it is a room.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    files: BTreeMap<NamedPath, (String, Source)>,
    members: BTreeSet<String>,
}

fn module(path: &str) -> NamedPath {
    path.split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

impl Files {
    /// The files of the crate and of its members.
    pub(super) fn read(root: &Path) -> Self {
        let mut files = Self::default();
        files.read_crate(&[], &root.join("src"));
        let members = fs::read_dir(root.join("crates")).unwrap_or_else(|cause| panic!("crates: {cause}"));
        for member in members.filter_map(Result::ok) {
            let name = member.file_name().to_string_lossy().into_owned();
            files.read_crate(std::slice::from_ref(&name), &member.path().join("src"));
            files.members.insert(name);
        }
        files
    }

    fn read_crate(&mut self, name: &[String], folder: &Path) {
        let mut open = vec![Vec::new()];
        while let Some(path) = open.pop() {
            let module = folder.join(path.join("/"));
            let file = match path.is_empty() {
                true => folder.join("lib.rs"),
                false => {
                    Some(module.with_extension("rs")).filter(|file| file.is_file()).unwrap_or(module.join("mod.rs"))
                }
            };
            let text = fs::read_to_string(&file).unwrap_or_else(|cause| panic!("{}: {cause}", file.display()));
            let source = Source::read(&text);
            open.extend(source.modules.iter().map(|module| [path.as_slice(), std::slice::from_ref(module)].concat()));
            self.files.insert([name, &path].concat(), (text, source));
        }
    }

    /// Adds a file.
    pub(super) fn add(&mut self, path: &str, text: &str) {
        self.files.insert(module(path), (text.to_owned(), Source::read(text)));
    }

    /// Adds a line to a file.
    pub(super) fn add_to(&mut self, path: &str, line: &str) {
        let (text, _) = self.files.get(&module(path)).unwrap_or_else(|| panic!("there is no file of `{path}`"));
        let text = format!("{text}\n{line}\n");
        self.add(path, &text);
    }

    /// The modules that are files.
    pub(super) fn modules(&self) -> impl Iterator<Item = &str> {
        self.files.keys().filter_map(|path| path.first()).map(String::as_str)
    }

    /// Every arrow between two files, but not between a module and one within it.
    pub(super) fn arrows(&self) -> BTreeSet<Arrow> {
        let mut arrows = BTreeSet::new();
        for (from, (_, source)) in &self.files {
            let used = source.uses.iter().map(|(_, path)| path.clone());
            let named = source.paths.iter().map(|path| written_out(source, path));
            for path in used.chain(named) {
                let Some(path) = self.path_from_the_crate(from, &path) else { continue };
                let Some(to) = self.defining(&path, 0) else { continue };
                if !to.starts_with(from) && !from.starts_with(&to) {
                    arrows.insert(Arrow { from: from.join("::"), to: to.join("::"), path: path.join("::") });
                }
            }
        }
        arrows
    }

    /// A path of a file from the crate on, without `self` and `super`; `None` where it leads out of the house.
    fn path_from_the_crate(&self, from: &NamedPath, path: &NamedPath) -> Option<NamedPath> {
        let supers = path.iter().take_while(|name| *name == "super").count();
        let first = path.first()?.as_str();
        let member = first.strip_prefix("noaber_").filter(|member| self.members.contains(*member));
        let base = match first {
            _ if member.is_some() => return Some([&[member?.to_owned()], &path[1..]].concat()),
            "crate" => &from[..usize::from(from.first().is_some_and(|room| self.members.contains(room)))],
            "self" => from,
            "super" => return Some([&from[..from.len().checked_sub(supers)?], &path[supers..]].concat()),
            name => {
                let within = [from.as_slice(), &[name.to_owned()]].concat();
                return self.files.contains_key(&within).then(|| [from.as_slice(), path].concat());
            }
        };
        Some([base, &path[1..]].concat())
    }

    /// The module in which the thing is defined that a path leads to, through re-exports.
    fn defining(&self, path: &NamedPath, hops: usize) -> Option<NamedPath> {
        // Two globs may lead to one another.
        if hops > 8 {
            return None;
        }
        let length = (0..=path.len()).rev().find(|length| self.files.contains_key(&path[..*length]))?;
        let (module, rest) = path.split_at(length);
        let module = module.to_vec();
        let (_, source) = self.files.get(&module)?;
        let Some(name) = rest.first() else { return Some(module) };
        if source.defined.contains(name) {
            return Some(module);
        }
        let through = |used: &NamedPath, rest: &[String]| {
            let used = self.path_from_the_crate(&module, used)?;
            self.defining(&[used, rest.to_vec()].concat(), hops + 1)
        };
        let by_name =
            source.uses.iter().filter(|(used, _)| used == name).find_map(|(_, used)| through(used, &rest[1..]));
        let by_glob = || {
            let globs = source.uses.iter().filter(|(used, _)| used == "*");
            globs.filter_map(|(_, used)| through(used, rest)).find(|found| *found != module)
        };
        Some(by_name.or_else(by_glob).unwrap_or(module))
    }
}

/// A path with its first name as the `use` of the file has it.
fn written_out(source: &Source, path: &NamedPath) -> NamedPath {
    let used = path.first().and_then(|first| source.uses.iter().find(|(name, _)| name == first));
    used.map_or_else(|| path.clone(), |(_, used)| [used, &path[1..]].concat())
}

/// A circle among the arrows, if there is one.
pub(super) fn circle(arrows: Vec<Arrow>) -> Option<Vec<Arrow>> {
    // What nothing leads on from is in no circle; without it others may be such ends.
    let mut left = arrows;
    loop {
        let before = left.len();
        let leads_on: BTreeSet<String> = left.iter().map(|arrow| arrow.from.clone()).collect();
        left.retain(|arrow| leads_on.contains(&arrow.to));
        if left.len() == before {
            break;
        }
    }
    // From each that is left one can always go on, so one comes by the same again.
    let mut way = vec![left.first()?.clone()];
    loop {
        let here = way.last()?.to.clone();
        if let Some(begin) = way.iter().position(|arrow| arrow.from == here) {
            return Some(way.split_off(begin));
        }
        way.push(left.iter().find(|arrow| arrow.from == here)?.clone());
    }
}
