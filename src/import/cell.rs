//! Cells of a table that a spreadsheet may open: none of them may be taken for a formula, and nothing may get lost.

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A text as a cell: one that would be a formula, or looks like one that was marked, is marked with an apostrophe.
#[must_use]
pub fn cell(text: String) -> String {
    let bare = text.trim_start_matches('\'');
    match bare.starts_with(FORMULA) {
        true => format!("'{text}"),
        false => text,
    }
}

/// The text of a cell: without the mark of [`cell`], also where another program wrote it.
#[must_use]
pub(super) fn text_of(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if text.trim_start_matches('\'').starts_with(FORMULA) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_survives_and_is_no_formula(text in "['=+@\\-ab\t]{0,6}") {
            let written = cell(text.clone());
            prop_assert!(!written.starts_with(FORMULA));
            prop_assert_eq!(text_of(&written), text);
        }
    }
}
