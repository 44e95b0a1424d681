//! A text in which `{Column}` stands for what a line has in that column.

use csv::StringRecord;
use serde::Deserialize;

use crate::incident::without_cards;

/// A text with columns in it. `{{` and `}}` are the braces themselves.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Template {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Text(String),
    /// A column by its name, and its place once the log's first line is known.
    Column(String, usize),
}

impl Template {
    /// What a line has in one column, and nothing else.
    pub(super) fn column(name: &str) -> Self {
        Self {
            parts: vec![Part::Column(name.to_owned(), usize::MAX)],
        }
    }

    /// Finds the columns in a log's first line; of two with one name the first is meant. Gives those that are not there.
    pub(super) fn bind(&mut self, header: &StringRecord) -> Vec<String> {
        let mut missing = Vec::new();
        for part in &mut self.parts {
            if let Part::Column(name, place) = part {
                match header.iter().position(|known| known.trim() == name) {
                    Some(found) => *place = found,
                    None => missing.push(name.clone()),
                }
            }
        }
        missing
    }

    /// The text for a line; nothing where all of its columns are blank there. Numbers of payment cards in it are masked,
    /// and it says so.
    pub(super) fn text(&self, line: &StringRecord) -> Option<String> {
        Some(without_cards(&self.raw(line)?).into_owned())
    }

    /// As [`Template::text`], as it stands there: for what is looked up, and is not kept as a text.
    pub(super) fn raw(&self, line: &StringRecord) -> Option<String> {
        let mut text = String::new();
        let (mut columns, mut blank) = (0, 0);
        for part in &self.parts {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Column(_, place) => {
                    let value = line.get(*place).unwrap_or_default().trim();
                    columns += 1;
                    blank += usize::from(value.is_empty());
                    text.push_str(value);
                }
            }
        }
        (columns == 0 || blank < columns).then_some(text)
    }
}

impl TryFrom<String> for Template {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find(['{', '}']) {
            let (before, brace) = rest.split_at(at);
            plain.push_str(before);
            if let Some(after) = ["{{", "}}"]
                .iter()
                .find_map(|twice| brace.strip_prefix(twice))
            {
                plain.extend(brace.chars().next());
                rest = after;
                continue;
            }
            let column = brace
                .strip_prefix('{')
                .and_then(|open| open.split_once('}'));
            let Some((name, after)) = column else {
                return Err(format!(
                    "\"{text}\" has a brace without its other half: write {{Column}} for a column, {{{{ or }}}} for a brace"
                ));
            };
            if !plain.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut plain)));
            }
            parts.push(Part::Column(name.trim().to_owned(), usize::MAX));
            rest = after;
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Ok(Self { parts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn line(fields: &[&str]) -> StringRecord {
        StringRecord::from(fields.to_vec())
    }

    #[rstest]
    #[case("plain", Some("plain"))]
    #[case("{A}", Some("one"))]
    #[case("{A} of {B}", Some("one of "))]
    #[case("No. {B}", None)]
    #[case("{{{A}}}", Some("{one}"))]
    #[case("", Some(""))]
    fn columns_are_filled_in(#[case] template: &str, #[case] text: Option<&str>) {
        let mut template = Template::try_from(template.to_owned()).unwrap();
        assert_eq!(template.bind(&line(&["A", "B", "A"])), Vec::<String>::new());
        assert_eq!(
            template.text(&line(&[" one ", " ", "other"])).as_deref(),
            text
        );
    }

    #[rstest]
    #[case("{A")]
    #[case("A}")]
    #[case("{{A}")]
    fn a_brace_without_its_other_half_is_refused(#[case] template: &str) {
        let error = Template::try_from(template.to_owned()).unwrap_err();
        assert!(error.contains("without its other half"), "{error}");
    }

    #[test]
    fn columns_that_are_not_there_are_named() {
        let mut template = Template::try_from("{A} {C} {D}".to_owned()).unwrap();
        assert_eq!(template.bind(&line(&["A", "B"])), ["C", "D"]);
    }
}
