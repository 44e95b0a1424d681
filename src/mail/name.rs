//! What a file that came with a mail may be called: a name that is one on every system, and no more than that.

use crate::incident::with_cards_starred;

/// The most characters and the most bytes of a name: room is left for a number before it.
const MOST_CHARS: usize = 100;
const MOST_BYTES: usize = 200;

/// The most characters that an ending may have to stay where a name is cut.
const MOST_ENDING: usize = 12;

/// Names that mean a device on some systems, whatever stands behind their dot.
const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];

/// A name without a path, without what hides, acts or cannot be seen; empty where nothing is left of it.
pub(super) fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let last = with_cards_starred(last);
    let safe = |c: char| match c {
        c if c.is_alphanumeric() || " ._-+()".contains(c) => c,
        _ => '_',
    };
    let name: String = last.chars().map(safe).collect();
    let name = shortened(name.trim_matches([' ', '.', '-']));
    let name = name.trim_matches([' ', '.', '-']);
    match name.chars().all(|c| c == '_') {
        true => String::new(),
        false if is_device(name) => format!("_{name}"),
        false => name.to_owned(),
    }
}

/// Whether a name is that of a device: `con`, `COM1.txt`.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.trim_end().to_lowercase();
    let port = |kind: &str| {
        let number = stem.strip_prefix(kind).map(|rest| rest.chars().count());
        number == Some(1) && stem.ends_with(|c: char| "123456789¹²³".contains(c))
    };
    DEVICES.contains(&stem.as_str()) || port("com") || port("lpt")
}

/// As much of a name as may be kept, with its ending.
fn shortened(name: &str) -> String {
    if name.chars().count() <= MOST_CHARS && name.len() <= MOST_BYTES {
        return name.to_owned();
    }
    let parted = name.rsplit_once('.');
    let short = |(_, ending): &(&str, &str)| ending.chars().count() <= MOST_ENDING;
    let (stem, ending) = match parted.filter(short) {
        Some((stem, ending)) => (stem, format!(".{ending}")),
        None => (name, String::new()),
    };
    let chars = MOST_CHARS.saturating_sub(ending.chars().count());
    let mut stem: String = stem.chars().take(chars).collect();
    stem.truncate(stem.floor_char_boundary(MOST_BYTES.saturating_sub(ending.len())));
    stem + &ending
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("list.csv", "list.csv")]
    #[case("../../etc/passwd", "passwd")]
    #[case("C:\\Users\\ada\\list.csv", "list.csv")]
    #[case(".bashrc", "bashrc")]
    #[case("a\u{1b}[2J;b", "a__2J_b")]
    #[case("///", "")]
    #[case("\u{1b}", "")]
    #[case("-rf", "rf")]
    #[case("a\u{0}b\n.txt", "a_b_.txt")]
    #[case("invoice\u{202e}fdp.exe", "invoice_fdp.exe")]
    #[case("a\u{200b}b.txt", "a_b.txt")]
    #[case("Rechnung März (2).pdf", "Rechnung März (2).pdf")]
    #[case("CON", "_CON")]
    #[case("nul.txt", "_nul.txt")]
    #[case("com1.tar.gz", "_com1.tar.gz")]
    #[case("LPT9 .txt", "_LPT9 .txt")]
    #[case("com10.txt", "com10.txt")]
    #[case("console.log", "console.log")]
    #[case("..", "")]
    #[case("???", "")]
    #[case("", "")]
    fn a_name_is_one_on_every_system(#[case] name: &str, #[case] safe: &str) {
        assert_eq!(safe_name(name), safe);
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = safe_name(&("x".repeat(300) + ".pdf"));
        assert_eq!((name.chars().count(), &name[96..]), (100, ".pdf"));
        let name = safe_name(&("é".repeat(99) + ".pdf"));
        assert!(
            name.len() <= MOST_BYTES && name.ends_with("é.pdf"),
            "{name}"
        );
        let name = safe_name(&("字".repeat(99) + ".tar"));
        assert!(
            name.len() <= MOST_BYTES && name.ends_with("字.tar"),
            "{name}"
        );
    }

    proptest! {
        #[test]
        fn whatever_it_was_it_is_a_name(name in "(.|[./\\\\\u{202e}\u{0}]){0,260}") {
            let safe = safe_name(&name);
            prop_assert!(safe.len() <= MOST_BYTES + 1);
            prop_assert!(!safe.starts_with(['.', '-', ' ']) && !safe.ends_with(['.', ' ']));
            prop_assert!(!safe.contains(|c: char| c.is_control() || "/\\:*?\"<>|".contains(c)));
            prop_assert!(!is_device(&safe));
            prop_assert_eq!(safe_name(&safe), safe);
        }
    }
}
