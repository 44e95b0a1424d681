//! A text in which `{Column}` stands for what a line has in that column.

use std::fmt;

use csv::StringRecord;
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::headings::Headings;
use crate::incident::without_cards;

/// A text with columns in it; of several such texts the first that is not blank. `{{` and `}}` are the braces themselves,
/// and `{Column?}` a column that need not be there.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Template {
    choices: Vec<Choice>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Choice {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Text(String),
    /// A column by its name, whether it must be there, and its place once the log's first line is known.
    Column(String, bool, Option<usize>),
}

impl Template {
    /// Finds the columns in a log's first line; of two with one name the first is meant. Gives those that are not there.
    pub(super) fn bind(&mut self, headings: &mut Headings) -> Vec<String> {
        let mut missing = Vec::new();
        for choice in &mut self.choices {
            for part in &mut choice.parts {
                if let Part::Column(name, must, place) = part {
                    *place = headings.find(name);
                    if *must && place.is_none() {
                        missing.push(name.clone());
                    }
                }
            }
        }
        missing
    }

    /// As [`Template::bind`], for what every line needs: one at least of the columns that need not be there must be.
    pub(super) fn bind_needed(&mut self, headings: &mut Headings) -> Vec<String> {
        let mut missing = self.bind(headings);
        let there =
            |choice: &Choice| choice.is_constant() || choice.columns().any(|(_, it)| it.is_some());
        if missing.is_empty() && !self.choices.iter().any(there) {
            let mut names = self.choices.iter().flat_map(Choice::columns);
            missing.extend(names.next().map(|(name, _)| name.to_owned()));
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
        self.choices.iter().find_map(|choice| choice.raw(line))
    }
}

impl Choice {
    fn is_constant(&self) -> bool {
        self.columns().next().is_none()
    }

    fn columns(&self) -> impl Iterator<Item = (&str, Option<usize>)> {
        self.parts.iter().filter_map(|part| match part {
            Part::Column(name, _, place) => Some((name.as_str(), *place)),
            Part::Text(_) => None,
        })
    }

    fn raw(&self, line: &StringRecord) -> Option<String> {
        let mut text = String::new();
        let (mut columns, mut blank) = (0, 0);
        for part in &self.parts {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Column(_, _, place) => {
                    let value = place.and_then(|place| line.get(place));
                    let value = value.unwrap_or_default().trim();
                    columns += 1;
                    blank += usize::from(value.is_empty());
                    text.push_str(value);
                }
            }
        }
        (columns == 0 || blank < columns).then_some(text)
    }
}

/// The template as a map writes it: what a mistake in a line is told by.
impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(choice) = self.choices.first() else {
            return Ok(());
        };
        choice.parts.iter().try_for_each(|part| match part {
            Part::Text(text) => f.write_str(text),
            Part::Column(name, ..) => write!(f, "{{{name}}}"),
        })
    }
}

impl<'de> Deserialize<'de> for Template {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Texts;
        impl<'de> Visitor<'de> for Texts {
            type Value = Template;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a text, or a list of texts of which the first that is not blank is taken",
                )
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Template, E> {
                let choice = Choice::read(text).map_err(E::custom)?;
                Ok(Template {
                    choices: vec![choice],
                })
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut texts: A) -> Result<Template, A::Error> {
                let mut choices = Vec::new();
                while let Some(text) = texts.next_element::<String>()? {
                    choices.push(Choice::read(&text).map_err(A::Error::custom)?);
                }
                match choices.is_empty() {
                    true => Err(A::Error::custom(
                        "the list is empty: write one text at least",
                    )),
                    false => Ok(Template { choices }),
                }
            }
        }
        from.deserialize_any(Texts)
    }
}

impl Choice {
    fn read(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
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
            let (name, must) = match name.trim().strip_suffix('?') {
                Some(name) => (name.trim_end(), false),
                None => (name.trim(), true),
            };
            parts.push(Part::Column(name.to_owned(), must, None));
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

    fn template(toml: &str) -> Result<Template, toml::de::Error> {
        Template::deserialize(toml::de::ValueDeserializer::parse(toml)?)
    }

    #[rstest]
    #[case("'plain'", Some("plain"))]
    #[case("'{A}'", Some("one"))]
    #[case("'{a}'", Some("one"))]
    #[case("'{A} of {B}'", Some("one of "))]
    #[case("'No. {B}'", None)]
    #[case("'{{{A}}}'", Some("{one}"))]
    #[case("''", Some(""))]
    #[case("'{C?}'", None)]
    #[case("'{A}{C?}'", Some("one"))]
    #[case("['{B}', '{C?}', 'No. {A}', '{A}']", Some("No. one"))]
    #[case("['{B}', 'none']", Some("none"))]
    fn columns_are_filled_in(#[case] toml: &str, #[case] text: Option<&str>) {
        let mut template = template(toml).unwrap();
        let mut headings = Headings::new(&line(&["A", "B", "A"]));
        assert_eq!(
            template.bind_needed(&mut headings),
            if toml == "'{C?}'" { vec!["C"] } else { vec![] }
        );
        let fields = line(&[" one ", " ", "other"]);
        assert_eq!(template.text(&fields).as_deref(), text);
    }

    #[rstest]
    #[case("'{A'")]
    #[case("'A}'")]
    #[case("'{{A}'")]
    #[case("['{A}', '{B']")]
    fn a_brace_without_its_other_half_is_refused(#[case] toml: &str) {
        let error = template(toml).unwrap_err().to_string();
        assert!(error.contains("without its other half"), "{error}");
    }

    #[test]
    fn columns_that_are_not_there_are_named() {
        let mut template = template("'{A} {C} {D}'").unwrap();
        let mut headings = Headings::new(&line(&["A", "B"]));
        assert_eq!(template.bind(&mut headings), ["C", "D"]);
        assert_eq!(headings.left(), ["B"]);
    }
}
