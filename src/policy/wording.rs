//! The deserialiser's messages in our words, with a remedy.

use super::nearest;

/// The problem and its remedy in a deserialiser's message.
pub(super) fn of(message: &str) -> (String, String) {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let first = quoted.next().unwrap_or_default();
    let known: Vec<&str> = quoted.collect();
    let told = |problem: String, remedy: String| (problem, remedy);
    if message.starts_with("unknown field") {
        let remedy = nearest::remedy(first, known.iter().copied());
        told(format!("unknown key \"{first}\""), remedy)
    } else if message.starts_with("unknown variant") {
        let remedy = nearest::remedy(first, known.iter().copied());
        told(format!("\"{first}\" is no value of this key"), remedy)
    } else if message.starts_with("missing field") {
        told(
            format!("\"{first}\" is missing"),
            format!("add {first} = …"),
        )
    } else if let Some(("invalid type", what)) = message.split_once(": ") {
        let (is, wanted) = what
            .split_once(", expected ")
            .unwrap_or((what, "another value"));
        told(
            format!("{} does not fit here", in_toml(&is.replace('`', ""))),
            format!("write {}", in_toml(wanted)),
        )
    } else {
        split(message)
    }
}

/// A kind of value by the name that TOML has for it.
fn in_toml(kind: &str) -> &str {
    match kind {
        "a sequence" => "a list in [ ]",
        "sequence" => "a list",
        "map" => "a table",
        kind if kind.starts_with("struct ") => "a table",
        kind => kind,
    }
}

/// A message of our own, "problem: remedy", in its two parts.
pub(super) fn split(message: &str) -> (String, String) {
    let (problem, remedy) = message.rsplit_once(": ").unwrap_or((message, ""));
    (problem.to_owned(), remedy.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(
        "unknown field `titel`, expected one of `name`, `title`",
        "unknown key \"titel\"",
        "did you mean \"title\"?"
    )]
    #[case(
        "unknown variant `fax`, expected `phone` or `mail`",
        "\"fax\" is no value of this key",
        "choose one of phone, mail"
    )]
    #[case("missing field `name`", "\"name\" is missing", "add name = …")]
    #[case(
        "invalid type: integer `3`, expected a string",
        "integer 3 does not fit here",
        "write a string"
    )]
    #[case(
        "\"1\" is not money: write the amount",
        "\"1\" is not money",
        "write the amount"
    )]
    #[case("number too large", "number too large", "")]
    fn messages_are_told_in_our_words(
        #[case] message: &str,
        #[case] problem: &str,
        #[case] remedy: &str,
    ) {
        assert_eq!(of(message), (problem.to_owned(), remedy.to_owned()));
    }
}
