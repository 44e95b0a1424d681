//! The mapping file: what the columns of a log are, and what its activities do.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::format::{Item, Parsed, StrftimeItems, parse};
use chrono::{DateTime, Utc};
use csv::StringRecord;
use serde::{Deserialize, Deserializer};

use super::template::Template;
use super::{ImportError, check, each_named};
use crate::calendar::Zone;
use crate::incident::{CloseAs, NoteKind};
use crate::policy::document::Document;
use crate::policy::nearest::remedy;
use crate::policy::{AfterResolution, Channel, Finding, Policy};

/// A mapping file that fits a policy.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// What parts the columns.
    #[serde(default = "comma")]
    pub(super) delimiter: char,
    /// Which case an event belongs to: its number in the other system.
    pub(super) case: Template,
    /// Which of the activities it is.
    pub(super) activity: Template,
    /// Who did it; whoever imports it where that is blank.
    #[serde(default)]
    pub(super) agent: Option<Template>,
    /// When it happened.
    pub(super) at: At,
    /// What the first event of a case opens.
    pub(super) opens: Opens,
    /// Why a case goes on that was resolved or closed.
    #[serde(default)]
    pub(super) reopened: Option<Template>,
    /// What each activity does.
    pub(super) activities: BTreeMap<String, Activity>,
}

fn comma() -> char {
    ','
}

/// When an event happened.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct At {
    /// The time as the log writes it.
    pub(super) time: Template,
    /// How that is written, as `strftime` has it.
    pub(super) format: String,
    /// In which zone; not needed where the time has its offset with it.
    #[serde(default)]
    pub(super) zone: Option<String>,
}

/// What the first event of a case opens.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Opens {
    pub(super) channel: Channel,
    /// The customer's name; made where nobody has it.
    pub(super) customer: Template,
    /// The customers' office, where the policy has offices.
    #[serde(default)]
    pub(super) office: Option<String>,
    pub(super) summary: Template,
    #[serde(default)]
    pub(super) detail: Option<Template>,
    #[serde(default)]
    pub(super) product: Option<Template>,
    /// Where the policy has severities.
    #[serde(default)]
    pub(super) severity: Option<SeverityMap>,
    /// Accepts it as within remit, where the policy wants that.
    #[serde(default)]
    pub(super) accept: bool,
    /// Why nothing is charged, where the policy would await a payment.
    #[serde(default)]
    pub(super) waive: Option<String>,
}

/// The severity by what the log says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeverityMap {
    pub(super) of: Template,
    #[serde(default)]
    pub(super) values: BTreeMap<String, String>,
    /// For every other value.
    #[serde(default)]
    pub(super) otherwise: Option<String>,
}

/// What an activity does, in this order.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Activity {
    /// Nothing: its lines are counted, and that is all.
    pub(super) ignore: bool,
    /// The customer was heard.
    pub(super) contact: Option<Template>,
    /// Whoever did it works on the case from now on.
    pub(super) assign: bool,
    /// The customer was answered.
    pub(super) respond: Option<Respond>,
    pub(super) note: Option<Template>,
    pub(super) note_kind: NoteKind,
    /// The case was resolved.
    pub(super) resolve: Option<Resolve>,
    /// The case came to nothing.
    pub(super) close: Option<Close>,
    /// What it does to a case that has ended.
    #[serde(default = "reopen")]
    pub(super) after_resolution: AfterResolution,
}

fn reopen() -> AfterResolution {
    AfterResolution::Reopen
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Respond {
    pub(super) text: Template,
    /// The channel of the opening when absent.
    #[serde(default)]
    pub(super) by: Option<Channel>,
    /// It is a response only where the customer had none before.
    #[serde(default)]
    pub(super) first_only: bool,
    /// Why there is no estimate.
    #[serde(default)]
    pub(super) no_estimate: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Resolve {
    /// The first of these that the policy knows.
    pub(super) outcome: Vec<String>,
    #[serde(default)]
    pub(super) detail: Option<Template>,
    #[serde(default)]
    pub(super) reference: Option<Template>,
    #[serde(default)]
    pub(super) version: Option<Template>,
    #[serde(default)]
    pub(super) product: Option<Template>,
    #[serde(default)]
    pub(super) to: Option<Template>,
    #[serde(default)]
    pub(super) indication: Option<Template>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Close {
    #[serde(rename = "as", deserialize_with = "close_as")]
    pub(super) reason: CloseAs,
    pub(super) detail: Template,
}

fn close_as<'de, D: Deserializer<'de>>(from: D) -> Result<CloseAs, D::Error> {
    let word = String::deserialize(from)?;
    let known = CloseAs::ALL.into_iter().find(|known| known.word() == word);
    known.ok_or_else(|| {
        let remedy = remedy(&word, CloseAs::ALL.map(CloseAs::word));
        serde::de::Error::custom(format!("\"{word}\" is no way to close: {remedy}"))
    })
}

impl Map {
    /// Reads a mapping file, and checks it against the policy that the incidents come under.
    ///
    /// # Errors
    /// [`ImportError::Map`] with everything that was found, by line and key.
    pub fn read(file: &Path, text: &str, policy: &Policy) -> Result<Self, ImportError> {
        let wrong = |findings: Vec<Finding>| ImportError::Map {
            file: file.to_owned(),
            findings,
        };
        let document = Document::parse(text).map_err(|finding| wrong(vec![finding]))?;
        let map: Self = document.read().map_err(&wrong)?;
        let faults = check::check(&map, policy);
        if faults.is_empty() {
            return Ok(map);
        }
        let findings = faults
            .into_iter()
            .map(|fault| document.finding_at(&fault.path, fault.problem, fault.remedy));
        Err(wrong(findings.collect()))
    }

    /// Finds the columns in the log's first line; gives those that are not there.
    pub(super) fn bind(&mut self, header: &StringRecord) -> Vec<String> {
        let mut templates = vec![&mut self.case, &mut self.activity, &mut self.at.time];
        templates.extend(&mut self.agent);
        templates.extend(&mut self.reopened);
        templates.extend(self.opens.templates());
        templates.extend(self.activities.values_mut().flat_map(Activity::templates));
        each_named(templates.into_iter().flat_map(|one| one.bind(header)))
    }
}

impl Opens {
    /// What of it stands for columns.
    pub(super) fn templates(&mut self) -> Vec<&mut Template> {
        let mut templates = vec![&mut self.customer, &mut self.summary];
        templates.extend(&mut self.detail);
        templates.extend(&mut self.product);
        templates.extend(self.severity.as_mut().map(|severity| &mut severity.of));
        templates
    }
}

impl Activity {
    /// What of it stands for columns.
    pub(super) fn templates(&mut self) -> Vec<&mut Template> {
        let mut templates: Vec<&mut Template> = self.contact.iter_mut().collect();
        templates.extend(self.respond.as_mut().map(|respond| &mut respond.text));
        templates.extend(&mut self.note);
        templates.extend(self.close.as_mut().map(|close| &mut close.detail));
        if let Some(resolve) = &mut self.resolve {
            templates.extend(&mut resolve.detail);
            templates.extend(&mut resolve.reference);
            templates.extend(&mut resolve.version);
            templates.extend(&mut resolve.product);
            templates.extend(&mut resolve.to);
            templates.extend(&mut resolve.indication);
        }
        templates
    }
}

impl At {
    /// A reader of the log's times.
    pub(super) fn clock(&self) -> Result<Clock<'_>, String> {
        let items = StrftimeItems::new(&self.format)
            .parse()
            .map_err(|_| format!("\"{}\" is no strftime format", self.format))?;
        let zone = self.zone.as_deref().map(|zone| {
            zone.parse()
                .map_err(|_| format!("\"{zone}\" is no time zone such as Europe/Rome"))
        });
        Ok(Clock {
            items,
            zone: zone.transpose()?.map(Zone::new),
        })
    }
}

/// Reads a log's times.
pub(super) struct Clock<'m> {
    items: Vec<Item<'m>>,
    zone: Option<Zone>,
}

impl Clock<'_> {
    /// The instant of a time, with its fraction of a second.
    pub(super) fn instant(&self, time: &str) -> Option<DateTime<Utc>> {
        let mut parsed = Parsed::new();
        parse(&mut parsed, time.trim(), self.items.iter()).ok()?;
        if parsed.offset().is_some() {
            return Some(parsed.to_datetime().ok()?.to_utc());
        }
        let local = parsed.to_naive_datetime_with_offset(0).ok()?;
        match &self.zone {
            Some(zone) if parsed.timestamp().is_none() => {
                let fraction =
                    chrono::TimeDelta::nanoseconds(local.and_utc().timestamp_subsec_nanos().into());
                Some(zone.instant_of(local) + fraction)
            }
            _ => Some(local.and_utc()),
        }
    }

    /// Whether a zone is wanting: none is named, and the format has nothing that makes up for it.
    pub(super) fn needs_zone(&self) -> bool {
        use chrono::format::{Fixed, Numeric};
        let with_offset = |item: &Item<'_>| {
            matches!(
                item,
                Item::Numeric(Numeric::Timestamp, _)
                    | Item::Fixed(
                        Fixed::TimezoneOffset
                            | Fixed::TimezoneOffsetColon
                            | Fixed::TimezoneOffsetDoubleColon
                            | Fixed::TimezoneOffsetTripleColon
                            | Fixed::TimezoneOffsetColonZ
                            | Fixed::TimezoneOffsetZ
                            | Fixed::RFC2822
                            | Fixed::RFC3339
                    )
            )
        };
        self.zone.is_none() && !self.items.iter().any(with_offset)
    }
}
