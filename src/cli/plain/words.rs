//! A line as words: parted by blanks, held together by quotes.

/// The words of a line.
///
/// # Errors
/// When a quote is not closed, in words for the agent.
pub(super) fn split(line: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    let mut signs = line.trim_end_matches(['\n', '\r']).chars().peekable();
    while let Some(sign) = signs.next() {
        match (quote, sign) {
            (Some(open), sign) if sign == open => quote = None,
            (Some('"') | None, '\\') => {
                let next = signs.next().unwrap_or('\\');
                word.get_or_insert_default().push(next);
            }
            (Some(_), sign) => word.get_or_insert_default().push(sign),
            (None, '"') => {
                quote = Some(sign);
                word.get_or_insert_default();
            }
            // An apostrophe within a word is one: it's.
            (None, '\'') if word.is_none() => {
                quote = Some(sign);
                word = Some(String::new());
            }
            (None, sign) if sign.is_whitespace() => words.extend(word.take()),
            (None, sign) => word.get_or_insert_default().push(sign),
        }
    }
    if let Some(quote) = quote {
        return Err(format!(
            "A quote is not closed: put {quote} after its last word."
        ));
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("", &[])]
    #[case("  list  is:missed \n", &["list", "is:missed"])]
    #[case("note 'it is' \"so so\"", &["note", "it is", "so so"])]
    #[case("list customer:\"Blue Fern\"", &["list", "customer:Blue Fern"])]
    #[case("note it's back", &["note", "it's", "back"])]
    #[case(r#"note "a \"b\" c""#, &["note", r#"a "b" c"#])]
    #[case("note \"\"", &["note", ""])]
    fn a_line_is_parted(#[case] line: &str, #[case] words: &[&str]) {
        assert_eq!(split(line).unwrap(), words);
    }

    #[test]
    fn an_open_quote_is_said() {
        assert!(split("note \"so").unwrap_err().contains("put \" after"));
    }
}
