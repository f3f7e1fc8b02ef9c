//! Links lead somewhere, pages that are read first stay short, and the picture is what the service draws.

use std::{collections::BTreeSet, fs};

use crate::{Server, blocks, code, markdown_files, read, root};

/// The names by which the headings of a text can be linked to.
fn anchors(markdown: &str) -> BTreeSet<String> {
    let (_, prose) = blocks(markdown);
    let headings = prose.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let anchor = |heading: &str| {
        let kept = heading.chars().filter(|c| c.is_alphanumeric() || *c == ' ' || *c == '-' || *c == '_');
        kept.collect::<String>().to_lowercase().replace(' ', "-")
    };
    headings.map(anchor).collect()
}

#[test]
fn every_relative_link_leads_somewhere() {
    let (mut checked, mut broken) = (0, Vec::new());
    for file in markdown_files(root()) {
        let text = fs::read_to_string(&file).unwrap();
        let (_, prose) = blocks(&text);
        for link in prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            checked += 1;
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { file.clone() } else { file.parent().unwrap().join(path) };
            let is_anchor = |text: String| anchors(&text).contains(anchor);
            if !target.exists() || (!anchor.is_empty() && !fs::read_to_string(&target).is_ok_and(is_anchor)) {
                broken.push(format!("{}: {link}", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(checked > 10, "only {checked} links were found");
}

#[test]
fn the_pages_that_are_read_first_stay_short() {
    for (name, most) in [("README.md", 8_000), ("ARCHITECTURE.md", 12_000)] {
        let length = read(name).len();
        assert!(length <= most, "{name} has {length} bytes, at most {most}: move the rest to the page of its reader");
    }
}

/// What a PNG says in its text `Source`: the address that draws it again, edition included.
fn source_of(png: &[u8]) -> Option<String> {
    let mut rest = &png[8..];
    while let Some((head, after)) = rest.split_at_checked(8) {
        let length = u32::from_be_bytes(head[..4].try_into().unwrap()) as usize;
        if head.ends_with(b"iTXt") && after.starts_with(b"Source\0") {
            let text = after[..length].rsplit(|byte| *byte == 0).next()?;
            return String::from_utf8(text.to_vec()).ok();
        }
        // Past the checksum.
        rest = after.get(length + 4..)?;
    }
    None
}

#[tokio::test]
async fn the_picture_of_the_first_page_is_what_the_service_draws() {
    const PICTURE: &str = "docs/images/overijssel.png";
    assert!(read("README.md").contains(&format!("]({PICTURE})")), "README.md does not show {PICTURE}");
    let picture = fs::read(root().join(PICTURE)).unwrap();
    assert!(picture.len() < 200_000, "{PICTURE} has {} bytes", picture.len());
    let address = source_of(&picture).expect("the picture says how it is drawn again");
    let server = Server::start().await;
    let drawn = server.get(&address).await;
    assert_eq!(drawn.status(), 200, "{PICTURE} is no longer drawn by {address}");
    let is_same = drawn.bytes().await.unwrap() == picture;
    assert!(is_same, "{PICTURE} is drawn otherwise now; look at it, then keep what {address} gives");
    server.stop().await;
}

#[test]
fn every_decision_stands_in_the_list_of_decisions() {
    let list = read("docs/decisions/README.md");
    for file in markdown_files(&root().join("docs/decisions")) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        assert!(name == "README.md" || list.contains(&format!("]({name})")), "{name} is not listed");
    }
}

/// Files and folders that the pages for contributors name outside tables; paths are from the root, or below `src/` or `crates/`.
#[test]
fn every_path_that_contributors_are_told_is_there() {
    let is_there = |path: &str| ["", "src", "crates"].iter().any(|from| root().join(from).join(path).exists());
    let mut checked = 0;
    for name in ["ARCHITECTURE.md", "docs/adding.md", "CONTRIBUTING.md"] {
        let (_, prose) = blocks(&read(name));
        let prose: String = prose.split_inclusive('\n').filter(|line| !line.starts_with('|')).collect();
        for path in
            code(&prose).filter(|code| code.contains('/') && !code.starts_with('/') && !code.contains([' ', '<', '=']))
        {
            checked += 1;
            // A module may be a file or a folder.
            assert!(is_there(path) || is_there(&format!("{path}.rs")), "{name}: there is no {path}");
        }
    }
    assert!(checked >= 40, "only {checked} paths were found");
}
