//! A policy file as a tree that knows its lines and where settings were filled in.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, ValueDeserializer};

use super::finding::Finding;

/// The most faults that are told at once: nobody mends more before trying again.
const MOST_FAULTS: usize = 50;

/// The tree of one file.
pub(crate) struct Document<'t> {
    text: &'t str,
    root: Spanned<DeTable<'t>>,
    /// The settings that went into a text, by where it starts.
    filled: BTreeMap<usize, Vec<Used>>,
}

/// A setting that went into a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Used {
    /// Its name.
    pub(super) key: String,
    /// The value that was given.
    pub(super) value: String,
}

/// What [`Document::fill`] makes of a text: the new one with the settings in it, or nothing where it has none; or the
/// problem and its remedy.
pub(super) type Filled = Result<Option<(String, Vec<Used>)>, (String, String)>;

/// A step of the walk through the tree: the path so far, the span of its key, its value.
struct Place<'d, 't> {
    path: String,
    key: Range<usize>,
    value: &'d Spanned<DeValue<'t>>,
}

impl<'t> Document<'t> {
    /// Reads TOML.
    ///
    /// # Errors
    /// The first place at which it is no TOML.
    pub(crate) fn parse(text: &'t str) -> Result<Self, Finding> {
        let root = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            Finding {
                line: Some(line(text, at)),
                key: format!("column {}", column(text, at)),
                problem: format!("not TOML: {}", error.message().replace('\n', ", ")),
                remedy: String::new(),
            }
        })?;
        Ok(Self {
            text,
            root,
            filled: BTreeMap::new(),
        })
    }

    /// Reads one top-level key alone; the default where it is absent.
    ///
    /// # Errors
    /// What is wrong in it.
    pub(super) fn read_key<T: DeserializeOwned + Default>(&self, key: &str) -> Result<T, Finding> {
        let value = self.root.get_ref().iter().find(|(k, _)| k.get_ref() == key);
        value.map_or_else(
            || Ok(T::default()),
            |(_, value)| {
                T::deserialize(ValueDeserializer::from(value.clone())).map_err(|e| self.told(&e))
            },
        )
    }

    /// Reads the whole.
    ///
    /// # Errors
    /// Everything in it that does not fit: what does not is left out, and the rest read on. What holds something that was
    /// left out is not judged.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, Vec<Finding>> {
        // Mostly nothing is wrong: one copy is enough then.
        let mut error = match T::deserialize(Deserializer::from(self.root.clone())) {
            Ok(read) => return Ok(read),
            Err(error) => error,
        };
        let mut rest = self.root.clone();
        let mut left_out: Vec<String> = Vec::new();
        let mut found = Vec::new();
        loop {
            let path = error.span().map_or_else(String::new, |s| self.path_at(&s));
            let holds = |out: &String| path.is_empty() || out.starts_with(&format!("{path}."));
            if !left_out.iter().any(holds) {
                found.push(self.told(&error));
            }
            let gone = error
                .span()
                .is_some_and(|span| leave_out_of_table(rest.get_mut(), &span));
            if !gone || found.len() >= MOST_FAULTS {
                break;
            }
            left_out.push(path);
            error = match T::deserialize(Deserializer::from(rest.clone())) {
                Ok(_) => break,
                Err(error) => error,
            };
        }
        found.sort_by_key(|finding| finding.line);
        Err(found)
    }

    /// Passes every text outside the top-level key `except` through `fill`.
    ///
    /// # Errors
    /// Every text that `fill` refuses.
    pub(super) fn fill(
        &mut self,
        except: &str,
        fill: &dyn Fn(&str) -> Filled,
    ) -> Result<(), Vec<Finding>> {
        let mut filled = BTreeMap::new();
        let mut refused = Vec::new();
        for (key, value) in self.root.get_mut().iter_mut() {
            if key.get_ref() != except {
                each_text(value, &mut |span, text| match fill(text) {
                    Ok(None) => {}
                    Ok(Some((new, settings))) => {
                        *text = Cow::Owned(new);
                        filled.insert(span.start, settings);
                    }
                    Err(why) => refused.push((span, why)),
                });
            }
        }
        self.filled = filled;
        if refused.is_empty() {
            return Ok(());
        }
        let finding = |(span, (problem, remedy)): (Range<usize>, _)| {
            self.finding(&self.path_at(&span), Some(span), problem, remedy)
        };
        Err(refused.into_iter().map(finding).collect())
    }

    /// The settings that went into any text.
    pub(super) fn used(&self) -> impl Iterator<Item = &str> {
        self.filled.values().flatten().map(|used| used.key.as_str())
    }

    /// A finding at a key's path, with the line of that key, or of the nearest table above it that is written in the file.
    pub(crate) fn finding_at(&self, path: &str, problem: String, remedy: String) -> Finding {
        let places = self.places();
        let mut sought = path;
        let span = loop {
            if let Some(place) = places.iter().find(|place| place.path == sought) {
                break Some(match place.value.get_ref() {
                    DeValue::Table(_) | DeValue::Array(_) => place.key.clone(),
                    _ => place.value.span(),
                });
            }
            match sought.rfind('.') {
                Some(end) => sought = sought.get(..end).unwrap_or_default(),
                None => break None,
            }
        };
        self.finding(path, span, problem, remedy)
    }

    fn finding(
        &self,
        path: &str,
        span: Option<Range<usize>>,
        problem: String,
        remedy: String,
    ) -> Finding {
        let settings = span.as_ref().and_then(|span| self.filled.get(&span.start));
        let (line, key) = match settings {
            Some(settings) => (None, as_options(settings)),
            None => (
                span.map(|span| line(self.text, span.start)),
                path.to_owned(),
            ),
        };
        Finding {
            line,
            key,
            problem,
            remedy,
        }
    }

    /// A deserialising error in the words of a finding.
    fn told(&self, error: &toml::de::Error) -> Finding {
        let (problem, remedy) = super::wording::of(error.message());
        let span = error.span();
        let path = span.as_ref().map_or_else(String::new, |s| self.path_at(s));
        self.finding(&path, span, problem, remedy)
    }

    /// The path of the key or value that lies exactly at `span`.
    fn path_at(&self, span: &Range<usize>) -> String {
        let found = self
            .places()
            .into_iter()
            .rfind(|place| place.key == *span || place.value.span() == *span);
        found.map_or_else(String::new, |place| place.path)
    }

    /// Every place of the tree, a table or list before what it holds.
    fn places(&self) -> Vec<Place<'_, 't>> {
        let mut places = Vec::new();
        walk_table(self.root.get_ref(), "", &mut places);
        places
    }
}

fn walk_table<'d, 't>(table: &'d DeTable<'t>, above: &str, places: &mut Vec<Place<'d, 't>>) {
    for (key, value) in table {
        let name = key.get_ref();
        let path = if above.is_empty() {
            name.to_string()
        } else {
            format!("{above}.{name}")
        };
        walk(&path, key.span(), value, places);
    }
}

fn walk<'d, 't>(
    path: &str,
    key: Range<usize>,
    value: &'d Spanned<DeValue<'t>>,
    places: &mut Vec<Place<'d, 't>>,
) {
    places.push(Place {
        path: path.to_owned(),
        key,
        value,
    });
    match value.get_ref() {
        DeValue::Table(table) => walk_table(table, path, places),
        DeValue::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                walk(&format!("{path}.{n}"), item.span(), item, places);
            }
        }
        _ => {}
    }
}

/// Leaves out the innermost key or value that lies exactly at `span`; says whether there was one.
fn leave_out_of_table(table: &mut DeTable<'_>, span: &Range<usize>) -> bool {
    if table.iter_mut().any(|(_, value)| leave_out(value, span)) {
        return true;
    }
    let mut entries = table.iter();
    let found = entries.find(|(key, value)| key.span() == *span || value.span() == *span);
    let key = found.map(|(key, _)| key.clone());
    key.is_some_and(|key| table.remove(&key).is_some())
}

/// As [`leave_out_of_table`], of what a value holds.
fn leave_out(value: &mut Spanned<DeValue<'_>>, span: &Range<usize>) -> bool {
    match value.get_mut() {
        DeValue::Table(table) => leave_out_of_table(table, span),
        DeValue::Array(items) => {
            if items.iter_mut().any(|item| leave_out(item, span)) {
                return true;
            }
            let there = items.len();
            let kept = items.iter().filter(|item| item.span() != *span);
            *items = kept.cloned().collect();
            items.len() < there
        }
        _ => false,
    }
}

fn each_text<'t>(
    value: &mut Spanned<DeValue<'t>>,
    visit: &mut dyn FnMut(Range<usize>, &mut Cow<'t, str>),
) {
    let span = value.span();
    match value.get_mut() {
        DeValue::String(text) => visit(span, text),
        DeValue::Array(items) => items.iter_mut().for_each(|item| each_text(item, visit)),
        DeValue::Table(table) => {
            for (_, value) in table.iter_mut() {
                each_text(value, visit);
            }
        }
        _ => {}
    }
}

/// Settings as they are given on the command line.
fn as_options(settings: &[Used]) -> String {
    let options: Vec<String> = settings
        .iter()
        .map(|s| format!("--set {}={}", s.key, s.value))
        .collect();
    options.join(" ")
}

/// The line, counted from one, that holds the byte `at`; the end of the text belongs to its last line.
fn line(text: &str, at: usize) -> usize {
    let line = text.bytes().take(at).filter(|b| *b == b'\n').count() + 1;
    line.min(text.lines().count().max(1))
}

/// The column, in characters counted from one, of the byte `at`.
fn column(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    before.get(start..).unwrap_or_default().chars().count() + 1
}
