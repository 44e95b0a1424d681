//! What a report is made of: sections of figures with their definitions beside them, and charts of some of them. Every
//! way of writing a report, and the console, shows these.

use chrono::NaiveDate;
use serde_json::json;

/// Figures that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its word in files.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What is counted here, and when.
    pub about: &'static str,
    /// What the two labels of a row are; an empty one is not used.
    pub labels: [&'static str; 2],
    /// What stands in the columns.
    pub figures: &'static [Figure],
    /// The rows.
    pub rows: Vec<Row>,
    /// Charts of them.
    pub charts: Vec<Chart>,
}

impl Section {
    /// The headings of its columns: the labels that are used, then the figures.
    pub fn headings(&self) -> impl Iterator<Item = &'static str> {
        let labels = self.labels.into_iter().filter(|label| !label.is_empty());
        labels.chain(self.figures.iter().map(|figure| figure.title))
    }

    /// The labels of one of its rows that are used.
    pub fn labels_of<'a>(&self, row: &'a Row) -> impl Iterator<Item = &'a str> {
        let labels = row.labels.iter().zip(self.labels);
        let used = labels.filter(|(_, used)| !used.is_empty());
        used.map(|(label, _)| label.as_str())
    }
}

/// What a column of figures is.
#[derive(Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its word in files.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// How it is counted.
    pub definition: &'static str,
}

/// A row of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Of what they are.
    pub labels: [String; 2],
    /// One for each of the section's figures.
    pub values: Vec<Value>,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// There is nothing to count.
    None,
    /// A number of things.
    Count(u64),
    /// Minutes.
    Minutes(u64),
    /// Tenths of a percent.
    Share(u64),
    /// A decimal amount.
    Money(String),
    /// A day.
    Day(NaiveDate),
}

impl Value {
    /// So many of all, rounded half up; nothing of nothing.
    pub(super) fn share(part: u64, all: u64) -> Self {
        match all {
            0 => Self::None,
            _ => Self::Share((part * 2_000 + all) / (all * 2)),
        }
    }

    /// For people: `26h 05m`, `97.5 %`.
    pub fn words(&self) -> String {
        match self {
            Self::None => "-".to_owned(),
            Self::Minutes(minutes) => length(*minutes),
            Self::Share(_) => format!("{} %", self.plain()),
            _ => self.plain(),
        }
    }

    /// For programs: minutes and percent as numbers, nothing as nothing.
    pub fn plain(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Count(number) | Self::Minutes(number) => number.to_string(),
            Self::Share(tenths) => format!("{}.{}", tenths / 10, tenths % 10),
            Self::Money(amount) => amount.clone(),
            Self::Day(day) => day.to_string(),
        }
    }

    /// As JSON: money and days are strings, everything else a number.
    pub fn json(&self) -> serde_json::Value {
        match self {
            Self::None => serde_json::Value::Null,
            Self::Count(number) | Self::Minutes(number) => json!(number),
            // Tenths are what a program would print again, whatever a binary fraction makes of them.
            Self::Share(tenths) => json!(f64::from(u32::try_from(*tenths).unwrap_or(0)) / 10.0),
            Self::Money(amount) => json!(amount),
            Self::Day(day) => json!(day.to_string()),
        }
    }
}

/// Minutes, hours from one hour on, days from two days on.
fn length(minutes: u64) -> String {
    match minutes {
        ..60 => format!("{minutes}m"),
        60..2_880 => format!("{}h {:02}m", minutes / 60, minutes % 60),
        _ => format!("{}d {}h", minutes / 1_440, minutes % 1_440 / 60),
    }
}

/// Bars side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// The bars, in their order.
    pub bars: Vec<Bar>,
    /// What a full bar stands for; the longest bar where there is no such thing.
    pub full: Option<u64>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// Its length.
    pub length: u64,
    /// Its figure.
    pub value: Value,
}

impl Bar {
    /// A bar as long as its figure.
    pub(super) fn counting(label: impl Into<String>, count: u64) -> Self {
        Self {
            label: label.into(),
            length: count,
            value: Value::Count(count),
        }
    }
}

impl Chart {
    /// The length of a full bar, at least 1.
    pub fn scale(&self) -> u64 {
        let longest = self.bars.iter().map(|bar| bar.length).max();
        self.full.or(longest).unwrap_or(0).max(1)
    }

    /// Whether there is anything to be seen.
    pub fn is_empty(&self) -> bool {
        self.bars.iter().all(|bar| bar.value == Value::None)
            || self.full.is_none() && self.bars.iter().all(|bar| bar.length == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_half_up_and_nothing_of_nothing_is_none() {
        assert_eq!(Value::share(2, 3).words(), "66.7 %");
        assert_eq!(Value::share(1, 3).plain(), "33.3");
        assert_eq!(Value::share(5, 5).plain(), "100.0");
        assert_eq!(Value::share(1, 2_000).plain(), "0.1");
        assert_eq!(Value::share(0, 0), Value::None);
        assert_eq!(Value::share(2, 3).json().to_string(), "66.7");
    }

    #[test]
    fn lengths_read_like_lengths() {
        let words = |minutes| Value::Minutes(minutes).words();
        assert_eq!(
            [words(59), words(65), words(3_000)],
            ["59m", "1h 05m", "2d 2h"]
        );
    }
}
