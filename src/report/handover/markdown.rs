//! A handover as Markdown: to be read as it is, and to be put into a chat or a wiki.

use std::collections::HashSet;
use std::fmt::Write;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{Due, Handover, MOST};
use crate::incident::{acting, day_and_time, day_with_date, hours_in_words, kind_in_words};
use crate::report::markdown::cell;

impl Handover {
    /// The handover as Markdown, its instants in `zone`. What customers wrote is marked up by nothing in it.
    pub fn markdown(&self, zone: Tz) -> String {
        self.text(&Page {
            of: self,
            zone,
            spoken: false,
        })
    }

    /// The same to be listened to: a sentence a line, without a sign of the markup.
    pub fn spoken(&self, zone: Tz) -> String {
        let text = self.text(&Page {
            of: self,
            zone,
            spoken: true,
        });
        let lines = text.lines().filter(|line| !line.is_empty());
        lines.map(sentence).collect::<Vec<_>>().join("\n")
    }

    fn text(&self, page: &Page<'_>) -> String {
        let mut text = page.head();
        let all = self.incidents;
        let lines = page.clocks(&self.missed);
        counted(&mut text, "Missed", all.missed, "missed last", lines);
        // What is due and what is promised are looked for together.
        let cut = (all.due > MOST).then(|| format!(", among the first {MOST} of {} due", all.due));
        let cut = cut.unwrap_or_default();
        for (title, clocks) in [
            ("Due in this shift", &self.due),
            ("Promised for this shift", &self.promises),
        ] {
            let lines = page.clocks(clocks);
            headed(&mut text, title, &format!("{}{cut}", lines.len()), lines);
        }
        let title = "Resolved by the customer's silence in this shift";
        let lines = page.clocks(&self.silences);
        counted(&mut text, title, all.silences, "first", lines);
        let calls = self.calls.iter().map(|call| {
            let numbers: Vec<String> = call.tech_refs.iter().map(ToString::to_string).collect();
            let (who, agent) = (cell(&call.who), cell(&call.agent));
            let length = hours_in_words(call.seconds);
            format!(
                "**{}** {who}: {}, {length}, {agent} {}",
                call.id,
                call.state,
                numbers.join(" ")
            )
        });
        section(&mut text, "Calls that run or are on hold", calls);
        let steps = self.next_steps.iter().map(|left| {
            let about = about(
                &left.tech_ref.to_string(),
                &left.customer,
                None,
                &left.summary,
            );
            let (agent, at) = (acting(&left.agent).0, page.when(left.at));
            format!("{about}: {} ({}, {at})", cell(&left.step), cell(agent))
        });
        counted(
            &mut text,
            "Next steps",
            all.next_steps,
            "oldest",
            steps.collect(),
        );
        let back = self.call_backs.iter().map(|call| {
            let number = call
                .tech_ref
                .map(|number| number.to_string())
                .unwrap_or_default();
            let customer = call.customer.as_deref().unwrap_or_default();
            let about = about(&number, customer, None, &call.summary);
            let (who, at) = (
                call.assignee.as_deref().unwrap_or("nobody"),
                page.when(call.tried_at),
            );
            format!("{about}: not reached {at}, {}", cell(who))
        });
        section(&mut text, "To be called back", back);
        let escalations = self.escalations.iter().map(|step| {
            let (since, level) = (page.when(step.at), step.level);
            let about = about(
                &step.tech_ref.to_string(),
                &step.customer,
                None,
                &step.summary,
            );
            format!(
                "{about}: level {level} since {since}: {}",
                cell(&step.concern)
            )
        });
        let lines: Vec<String> = escalations.collect();
        let waiting = lines.len() + all.escalated.saturating_sub(MOST);
        counted(
            &mut text,
            "Escalations without an answer",
            waiting,
            "first",
            lines,
        );
        let mails = self.queued + self.quarantine + self.unsent;
        headed(&mut text, "Mail", &mails.to_string(), page.mail());
        let changes = self.changes.iter().map(|changed| {
            let number = changed.tech_ref.to_string();
            let about = about(&number, &changed.customer, None, &changed.summary);
            let did: Vec<String> = changed.did.iter().map(|did| kind_in_words(did)).collect();
            let did = match did.as_slice() {
                [] => "taken back".to_owned(),
                did => did.join(", "),
            };
            let (state, agents) = (changed.state.word(), changed.agents.join(", "));
            format!("{about}: {did}; now {state} ({})", cell(&agents))
        });
        let since = match self.last {
            Some(_) => "Changed since the last handover",
            None => "Changed in the last day",
        };
        counted(&mut text, since, all.changed, "newest", changes.collect());
        let _ = writeln!(text, "\nHead of the timeline: `{}`", self.head);
        text
    }
}

struct Page<'a> {
    of: &'a Handover,
    zone: Tz,
    /// It is listened to: an instant is told as people say it.
    spoken: bool,
}

impl Page<'_> {
    fn when(&self, at: DateTime<Utc>) -> String {
        if self.spoken {
            return day_and_time(at, self.of.at, self.zone);
        }
        let zone = at.with_timezone(&self.zone).format("%Z");
        format!("{} {zone}", day_with_date(at, self.of.at, self.zone))
    }

    fn head(&self) -> String {
        let (at, until) = (self.when(self.of.at), self.when(self.of.until));
        let mut head = format!("# Handover: {}, {at}\n\n", cell(&self.of.desk));
        let last = match &self.of.last {
            None => "Nobody took over before.".to_owned(),
            Some(last) => {
                let said = last.note.as_deref().map(|note| format!(": {}", cell(note)));
                let (agent, at) = (cell(&last.agent), self.when(last.at));
                format!("{agent} took over {at}{}.", said.unwrap_or_default())
            }
        };
        let _ = writeln!(head, "For the shift until {until}. {last}");
        head
    }

    /// A line for each incident, where its first clock stands.
    fn clocks(&self, clocks: &[Due]) -> Vec<String> {
        let mut told = HashSet::new();
        let first = clocks.iter().filter(|due| told.insert(due.tech_ref));
        let line = |first: &Due| {
            let severity = first.severity.as_deref();
            let number = first.tech_ref.to_string();
            let about = about(&number, &first.customer, severity, &first.summary);
            let who = first.assignee.as_deref().unwrap_or("nobody");
            let own = clocks.iter().filter(|due| due.tech_ref == first.tech_ref);
            let due = own.map(|due| format!("{} due {}", due.clock, self.when(due.due_at)));
            let due: Vec<String> = due.collect();
            format!("{about}: {}, {}", due.join(", "), cell(who))
        };
        first.map(line).collect()
    }

    fn mail(&self) -> Vec<String> {
        let of = |count: usize, what: &str, how: &str| {
            (count > 0).then(|| format!("{count} {what}: `{how}`"))
        };
        let (waiting, unsent) = (self.of.quarantine, self.of.unsent);
        [
            of(
                self.of.queued,
                "waiting to be sent",
                "holdline mail list --state queued",
            ),
            of(
                waiting,
                "waiting in quarantine",
                "holdline mail quarantine list",
            ),
            of(
                unsent,
                "could not be sent",
                "holdline mail list --state failed",
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// A line of Markdown as a sentence: without its marks, and with what they kept from being taken for one. A command is
/// named as it is typed where one listens.
fn sentence(line: &str) -> String {
    let line = line.trim_start_matches(['#', '-', ' ']);
    let mut said = String::with_capacity(line.len());
    let mut signs = line.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => said.extend(signs.next()),
            '`' => {
                let rest = signs.as_str();
                signs = rest.strip_prefix("holdline ").unwrap_or(rest).chars();
            }
            '*' => {}
            sign => said.push(sign),
        }
    }
    let said = said.trim_end();
    let end = if said.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{said}{end}")
}

fn about(number: &str, customer: &str, severity: Option<&str>, summary: &str) -> String {
    let severity = severity.map(|severity| format!(" ({severity})"));
    let (customer, summary) = (cell(customer), cell(summary));
    format!(
        "**{number}** {customer}{}, {summary}",
        severity.unwrap_or_default()
    )
}

fn section(text: &mut String, title: &str, lines: impl IntoIterator<Item = String>) {
    let lines: Vec<String> = lines.into_iter().collect();
    headed(text, title, &lines.len().to_string(), lines);
}

/// As [`section`], of so many in `all`: what was left out is said where they are counted.
fn counted(text: &mut String, title: &str, all: usize, which: &str, lines: Vec<String>) {
    let count = match lines.len() {
        shown if shown < all => format!("{all}, the {shown} {which} shown"),
        _ => all.to_string(),
    };
    headed(text, title, &count, lines);
}

/// A section beneath its heading.
fn headed(text: &mut String, title: &str, count: &str, lines: Vec<String>) {
    let _ = match lines.as_slice() {
        [] => writeln!(text, "\n## {title}: none"),
        _ => writeln!(text, "\n## {title}: {count}\n"),
    };
    for line in lines {
        let _ = writeln!(text, "- {line}");
    }
}
