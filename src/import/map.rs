//! The mapping file: what the columns of a log are, and what its activities do.

use csv::StringRecord;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

use super::check::Fault;
use super::clock::At;
use super::headings::Headings;
use super::template::Template;
use super::words::{Meanings, OneOrMore};
use super::{Import, ImportError, MapFile, check, each_named};
use crate::incident::{CloseAs, NoteKind};
use crate::policy::document::Document;
use crate::policy::nearest::remedy;
use crate::policy::{AfterResolution, Channel, Finding, Policy};

/// A mapping file that fits a policy.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Map {
    /// What parts the columns; what the first line is parted by without it.
    #[serde(default)]
    pub(super) delimiter: Option<char>,
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

/// What the first event of a case opens.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Opens {
    /// How it came, where `channels` does not say otherwise.
    pub(super) channel: Channel,
    /// How it came, by what the file says.
    #[serde(default)]
    pub(super) channels: Option<Meanings<Channel>>,
    /// The customer's name, as it stands there; where that is the same as the contact, their name alone. Where nobody has it, it is the customer for whom one of the `mails` is registered; else it is
    /// made.
    pub(super) customer: Template,
    /// Who it came from: a name, or `Ada Moss <ada@example.com>`.
    #[serde(default)]
    pub(super) contact: Option<Template>,
    /// Their numbers, several parted by semicolons.
    #[serde(default)]
    pub(super) phones: Option<Template>,
    /// Their addresses, several parted by semicolons or commas.
    #[serde(default)]
    pub(super) mails: Option<Template>,
    /// The customers' office, where the policy has offices.
    #[serde(default)]
    pub(super) office: Option<String>,
    pub(super) summary: Template,
    #[serde(default)]
    pub(super) detail: Option<Template>,
    #[serde(default)]
    pub(super) product: Option<Template>,
    /// Where the policy has severities: of several the first that it knows.
    #[serde(default)]
    pub(super) severity: Option<Meanings<OneOrMore>>,
    /// Accepts it as within remit, where the policy wants that.
    #[serde(default)]
    pub(super) accept: bool,
    /// Why nothing is charged, where the policy would await a payment.
    #[serde(default)]
    pub(super) waive: Option<String>,
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
    pub(super) fn read(import: &Import<'_>, policy: &Policy) -> Result<Self, ImportError> {
        let check = |map: &mut Self| {
            map.at.as_told(import);
            map.opens.as_told(import);
            check::check(map, policy)
        };
        read(import.map, check)
    }

    /// Finds the columns in the log's first line; gives those that are not there.
    pub(super) fn bind(&mut self, header: &StringRecord) -> Vec<String> {
        let mut headings = Headings::new(header);
        let mut templates = vec![&mut self.case, &mut self.activity, &mut self.at.time];
        templates.extend(&mut self.agent);
        templates.extend(&mut self.reopened);
        templates.extend(self.opens.templates());
        templates.extend(self.activities.values_mut().flat_map(Activity::templates));
        each_named(
            templates
                .into_iter()
                .flat_map(|one| one.bind(&mut headings)),
        )
    }
}

/// Reads a mapping file of any kind; `check` tells what does not fit in it.
///
/// # Errors
/// [`ImportError::Map`] with everything that was found, by line and key.
pub(super) fn read<M: DeserializeOwned>(
    map: &MapFile,
    check: impl FnOnce(&mut M) -> Vec<Fault>,
) -> Result<M, ImportError> {
    let wrong = |findings: Vec<Finding>| ImportError::Map {
        file: map.file.clone(),
        findings,
    };
    let document = Document::parse(&map.text).map_err(|finding| wrong(vec![finding]))?;
    let mut read: M = document.read().map_err(&wrong)?;
    let faults = check(&mut read);
    if faults.is_empty() {
        return Ok(read);
    }
    let findings = faults
        .into_iter()
        .map(|fault| document.finding_at(&fault.path, fault.problem, fault.remedy));
    Err(wrong(findings.collect()))
}

impl Opens {
    /// The office is the one that was told with the import, where it was.
    pub(super) fn as_told(&mut self, import: &Import<'_>) {
        if let Some(office) = import.office {
            self.office = Some(office.to_owned());
        }
    }

    /// How a line came.
    pub(super) fn channel_of(&self, fields: &StringRecord) -> Channel {
        let meant = self.channels.as_ref().and_then(|by| by.meant(fields).0);
        meant.copied().unwrap_or(self.channel)
    }

    /// What of it stands for columns.
    pub(super) fn templates(&mut self) -> Vec<&mut Template> {
        let mut templates = vec![&mut self.customer, &mut self.summary];
        templates.extend(&mut self.detail);
        templates.extend(&mut self.product);
        templates.extend(self.severity.as_mut().map(|severity| &mut severity.of));
        templates.extend(self.channels.as_mut().map(|channels| &mut channels.of));
        templates.extend(&mut self.contact);
        templates.extend(&mut self.phones);
        templates.extend(&mut self.mails);
        templates
    }
}

impl Activity {
    /// Whether it ends a case.
    pub(super) fn ends(&self) -> bool {
        self.resolve.is_some() || self.close.is_some()
    }

    /// Whether it is work that belongs to a case also where that has ended.
    pub(super) fn works_and_attaches(&self) -> bool {
        let works = self.assign || self.respond.is_some();
        works && self.after_resolution == AfterResolution::Attach
    }

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
