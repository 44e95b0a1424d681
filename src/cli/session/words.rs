//! What is said, before it goes out: as a sentence, and as something that cannot act on a terminal.

use std::borrow::Cow;

use crate::text::visible;

/// A text as a sentence: a capital at its beginning, a stop at its end.
pub(in crate::cli) fn sentence(text: &str) -> String {
    let mut signs = text.trim().chars();
    let first = signs.next().map(char::to_uppercase);
    let text: String = first.into_iter().flatten().chain(signs).collect();
    match text.ends_with(['.', '!', '?', ':']) || text.is_empty() {
        true => text,
        false => text + ".",
    }
}

/// A text whose lines cannot act on a terminal.
pub(super) fn harmless(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(visible).collect();
    lines.join("\n")
}

/// JSON that means the same and cannot act on a terminal: what would is written as `\u….`
pub(in crate::cli) fn harmless_json(json: &str) -> Cow<'_, str> {
    let acts = |c: char| {
        c != '\n' && !c.is_ascii_graphic() && visible(c.encode_utf8(&mut [0; 4])).len() > 4
    };
    if !json.chars().any(acts) {
        return Cow::Borrowed(json);
    }
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if acts(c) {
            let units = c.encode_utf16(&mut [0; 2]).to_vec();
            text.extend(units.iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            text.push(c);
        }
    }
    Cow::Owned(text)
}
