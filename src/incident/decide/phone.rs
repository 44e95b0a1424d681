//! What can be dialled.

use crate::incident::refusal::Refusal;

/// The words before an extension.
const EXTENSION: [&str; 4] = ["extension", "ext.", "ext", "x"];
/// What may stand between digits.
const BETWEEN: &str = "+-./() *#,;=";

/// Refuses what is no telephone number: digits in any notation, with an extension at most.
///
/// # Errors
/// When nobody could dial it.
pub fn dialable(text: &str) -> Result<(), Refusal> {
    let typed = text.trim().to_lowercase();
    let letters = typed.find(char::is_alphabetic).unwrap_or(typed.len());
    let (number, rest) = typed.split_at(letters);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let plain = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_digit() || BETWEEN.contains(c))
    };
    let word = EXTENSION.iter().find_map(|word| rest.strip_prefix(word));
    let extends = rest.is_empty() || word.is_some_and(|rest| plain(rest) && digits(rest) > 0);
    if digits(number) >= 2 && plain(number) && extends {
        return Ok(());
    }
    Err(Refusal::input(format!(
        "\"{text}\" is no telephone number: give its digits, as in \"+1 555 0100\" or \"+1 555 0100 ext 12\""
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("+1 555 0100", true)]
    #[case("(020) 7946-0001", true)]
    #[case("+1 555 0100 ext 12", true)]
    #[case("5550100x3", true)]
    #[case("112", true)]
    #[case("abc", false)]
    #[case("call 5550100", false)]
    #[case("555 0100 ask for Ann", false)]
    #[case("5550100x", false)]
    #[case("+-()", false)]
    #[case("7", false)]
    #[case("", false)]
    #[case("\u{1b}[2J12", false)]
    fn digits_in_any_notation_and_an_extension(#[case] text: &str, #[case] is: bool) {
        assert_eq!(dialable(text).is_ok(), is);
    }
}
