//! What a map says of the words of a column: which there are, and what each means here.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use csv::StringRecord;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::template::Template;
use crate::policy::nearest::nearest;

/// A text, or several of which the first that fits counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct OneOrMore(pub(super) Vec<String>);

impl OneOrMore {
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl<'de> Deserialize<'de> for OneOrMore {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let texts = "a text, or a list of texts of which the first that fits counts";
        from.deserialize_any(OneOrList::new(texts)).map(Self)
    }
}

/// What has to hold of a line: one thing, or each of a list.
#[derive(Debug, Default)]
pub(super) struct AllOf(Vec<OneOf>);

impl AllOf {
    /// Whether it holds.
    pub(super) fn is_in(&self, fields: &StringRecord) -> bool {
        self.0.iter().all(|one| one.is_in(fields))
    }

    /// What of it stands for columns.
    pub(super) fn templates(&mut self) -> impl Iterator<Item = &mut Template> {
        self.0.iter_mut().map(|one| &mut one.of)
    }
}

impl<'de> Deserialize<'de> for AllOf {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let words = "a table such as { of = \"{Status}\", values = [\"Open\"] }, or a list of such";
        from.deserialize_any(OneOrList::new(words)).map(Self)
    }
}

/// Reads one thing, or a list of them.
struct OneOrList<T> {
    wanted: &'static str,
    of: PhantomData<T>,
}

impl<T> OneOrList<T> {
    fn new(wanted: &'static str) -> Self {
        Self {
            wanted,
            of: PhantomData,
        }
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrList<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.wanted)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Vec<T>, E> {
        T::deserialize(text.into_deserializer()).map(|one| vec![one])
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Vec<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(|one| vec![one])
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
        let mut all = Vec::new();
        while let Some(one) = list.next_element()? {
            all.push(one);
        }
        match all.is_empty() {
            true => Err(A::Error::custom("the list is empty: write one at least")),
            false => Ok(all),
        }
    }
}

/// A column that has one of certain words; upper and lower case are the same.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OneOf {
    pub(super) of: Template,
    /// Any that is not blank where none are named.
    #[serde(default)]
    values: Vec<String>,
}

impl OneOf {
    /// Whether a line has one of them there.
    pub(super) fn is_in(&self, fields: &StringRecord) -> bool {
        let value = self.of.raw(fields).unwrap_or_default();
        match self.values.is_empty() {
            true => !value.trim().is_empty(),
            false => self.values.iter().any(|known| same(known, &value)),
        }
    }

    /// That a line has one of them there, or nothing.
    ///
    /// # Errors
    /// What it has instead.
    pub(super) fn must_be_in(&self, fields: &StringRecord) -> Result<(), String> {
        let value = self.of.raw(fields).unwrap_or_default();
        if value.trim().is_empty() || self.is_in(fields) {
            return Ok(());
        }
        let known = self.values.iter().map(String::as_str);
        let near = nearest(&value, known).map(|near| format!(", did you mean \"{near}\"?"));
        Err(format!(
            "the map knows no \"{value}\" as {}{}: say in the map what it means (`holdline import map`)",
            self.of,
            near.unwrap_or_default()
        ))
    }
}

/// What the words of a column mean; upper and lower case are the same.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Meanings<T> {
    pub(super) of: Template,
    #[serde(default = "BTreeMap::new")]
    pub(super) values: BTreeMap<String, T>,
    /// What every other word means.
    #[serde(default = "Option::default")]
    pub(super) otherwise: Option<T>,
}

impl<T> Meanings<T> {
    /// What the word of a line means, and the word.
    pub(super) fn meant(&self, fields: &StringRecord) -> (Option<&T>, String) {
        let word = self.of.raw(fields).unwrap_or_default();
        let exact = self.values.get(&word);
        let alike = || self.values.iter().find(|(known, _)| same(known, &word));
        let named = exact.or_else(|| alike().map(|(_, meant)| meant));
        (named.or(self.otherwise.as_ref()), word)
    }
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
