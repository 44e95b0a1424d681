//! What every stored text must be.

use crate::incident::refusal::Refusal;

/// The most bytes that one text may have.
pub const MOST_TEXT: usize = 64 * 1024;

/// A text without the blanks around it, or a refusal that names it by `what`.
///
/// # Errors
/// When it is empty or longer than [`MOST_TEXT`].
pub fn checked(what: &str, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::input(format!(
            "the {what} is empty: say it in words"
        )));
    }
    if text.len() > MOST_TEXT {
        let kib = text.len() / 1024;
        return Err(Refusal::input(format!(
            "the {what} has {kib} KiB, and at most 64 are kept: shorten it"
        )));
    }
    Ok(text.to_owned())
}

/// Like [`checked`], but absent or blank is `None`.
pub(super) fn optional(what: &str, text: Option<&str>) -> Result<Option<String>, Refusal> {
    text.filter(|text| !text.trim().is_empty())
        .map(|text| checked(what, text))
        .transpose()
}
