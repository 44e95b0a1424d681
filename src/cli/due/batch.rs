//! `holdline due --batch`: a question a line, an answer a line, in constant memory.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};

use chrono::{DateTime, SecondsFormat, Utc};
use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::covered;
use crate::cli::Failure;
use crate::cli::shelf::{Found, Shelf};
use crate::policy::nearest;

/// The most bytes that a line may have.
const LONGEST: u64 = 64 * 1024;
/// Bytes that are read and written at once.
const BUFFER: usize = 64 * 1024;

const KEYS: [&str; 4] = ["policy", "severity", "office", "from"];

/// Answers every line of standard input.
pub(super) fn run(shelf: &Shelf) -> Result<(), Failure> {
    let policies = shelf
        .names()?
        .into_iter()
        .map(|name| shelf.policy(&name).map(|found| (name, found)))
        .collect::<Result<_, _>>()?;
    let input = BufReader::with_capacity(BUFFER, io::stdin().lock());
    let output = BufWriter::with_capacity(BUFFER, io::stdout().lock());
    Ok(Policies(policies).answer_all(input, output)?)
}

/// The policies that can be asked, by name.
struct Policies(Vec<(String, Found)>);

impl Policies {
    fn answer_all<R: Read>(
        &self,
        mut input: BufReader<R>,
        mut output: impl Write,
    ) -> io::Result<()> {
        let mut line = Vec::new();
        loop {
            // Whoever waits for an answer before asking on must get it: reading may stop until then.
            if !input.buffer().contains(&b'\n') {
                output.flush()?;
            }
            line.clear();
            if (&mut input)
                .take(LONGEST + 1)
                .read_until(b'\n', &mut line)?
                == 0
            {
                return output.flush();
            }
            let whole = line.ends_with(b"\n") || line.len() as u64 <= LONGEST;
            let answer = if whole {
                self.answer(&line)
            } else {
                input.skip_until(b'\n')?;
                Err(format!("the line is longer than {LONGEST} bytes"))
            };
            match answer {
                Ok(Some(due)) => {
                    let due = due.to_rfc3339_opts(SecondsFormat::Secs, true);
                    writeln!(output, "{{\"due\":\"{due}\"}}")?;
                }
                Ok(None) => output.write_all(b"{\"due\":null}\n")?,
                Err(why) => {
                    output.write_all(b"{\"error\":")?;
                    serde_json::to_writer(&mut output, &why)?;
                    output.write_all(b"}\n")?;
                }
            }
        }
    }

    fn answer(&self, line: &[u8]) -> Result<Option<DateTime<Utc>>, String> {
        let text = std::str::from_utf8(line).map_err(|_| "the line is not UTF-8".to_owned())?;
        if text.trim_ascii().is_empty() {
            return Err("the line is empty: write a JSON object".to_owned());
        }
        let question: Question = serde_json::from_str(text).map_err(|error| {
            error
                .to_string()
                .replace(" at line 1 column ", " at column ")
        })?;
        let name = question.policy.ok_or("\"policy\" is missing")?.0;
        let from = question.from.ok_or("\"from\" is missing")?.0;
        let from = DateTime::parse_from_rfc3339(&from).map_err(|_| {
            format!("\"{from}\" is no instant: write one such as 2026-10-30T16:00:00Z")
        })?;
        let from = covered(from.to_utc())?;
        let known = || self.0.iter().map(|(name, _)| name.as_str());
        let (_, found) = self
            .0
            .iter()
            .find(|(known, _)| *known == name)
            .ok_or_else(|| format!("no policy \"{name}\"; {}", nearest::remedy(&name, known())))?;
        found
            .deadlines()
            .response_due(asked(&question.severity), asked(&question.office), from)
            .map_err(|error| error.to_string())
    }
}

/// A line of the input.
#[derive(Default)]
struct Question<'a> {
    policy: Option<Text<'a>>,
    severity: Option<Text<'a>>,
    office: Option<Text<'a>>,
    from: Option<Text<'a>>,
}

/// A text, borrowed from its line where that has no escapes in it.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

fn asked<'t>(text: &'t Option<Text<'_>>) -> Option<&'t str> {
    text.as_ref().map(|text| text.0.as_ref())
}

impl<'de> Deserialize<'de> for Question<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Keys)
    }
}

/// Reads an object. Keys that mean nothing here are passed over, unless one looks like a slip of the fingers.
struct Keys;

impl<'de> Visitor<'de> for Keys {
    type Value = Question<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut question = Question::default();
        while let Some(Text(key)) = map.next_key()? {
            let place = match key.as_ref() {
                "policy" => &mut question.policy,
                "severity" => &mut question.severity,
                "office" => &mut question.office,
                "from" => &mut question.from,
                other => {
                    if let Some(near) = nearest::nearest(other, KEYS) {
                        let why = format!("unknown key \"{other}\"; did you mean \"{near}\"?");
                        return Err(de::Error::custom(why));
                    }
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            if place.is_some() {
                return Err(de::Error::custom(format!("\"{key}\" is there twice")));
            }
            *place = map.next_value()?;
        }
        Ok(question)
    }
}
