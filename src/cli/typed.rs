//! A text that is given as an argument, or stands on standard input.

use std::io::Read;

use super::Failure;
use crate::incident::MOST_TEXT;

/// The text that was given; `-` is what stands on standard input.
///
/// # Errors
/// When that cannot be read, or is no text.
pub(super) fn or_standard_input(text: String) -> Result<String, Failure> {
    if text == "-" {
        return standard_input();
    }
    Ok(text)
}

/// What stands on standard input, no more of it than is needed to see that it is too much.
fn standard_input() -> Result<String, Failure> {
    let most = u64::try_from(MOST_TEXT).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    let input = std::io::stdin().lock();
    input.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    String::from_utf8(bytes).map_err(|_| {
        Failure::Input("what stands on standard input is not UTF-8: convert it first".to_owned())
    })
}
