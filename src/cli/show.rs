//! `holdline show`.

mod forks;
mod ladder;

use chrono_tz::Tz;

use super::view::Viewer;
use super::{Failure, Session};
use crate::incident::{
    Clock, Customer, Incident, Recorded, Remaining, Resolution, TechRef, charge_today,
    days_in_words, describe_as, hours_in_words, owed_today, spoken,
};
use crate::store::{Access, Desk, Ruling};
use crate::text::visible;

/// Shows an incident: its facts, its clocks and its whole timeline.
///
/// Where it was merged into another one, that one follows.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline show 10001-4
  holdline show 10001-4 --json")]
pub struct Show {
    /// The Tech Reference number.
    #[arg(value_name = "REF")]
    number: String,
}

impl Show {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let number = session.number(&self.number)?;
        session.open(Access::Read)?.still(|desk| {
            if session.json() {
                let viewer = Viewer::new(desk, session.now());
                return session.answer(&viewer.whole(number)?, "");
            }
            let leads_to = desk.leads_to(number)?;
            if leads_to != number {
                session.print(page(session, desk, number)? + "\n")?;
            }
            session.print(page(session, desk, leads_to)?)
        })
    }
}

/// An incident as text.
fn page(session: &Session, desk: &Desk, number: TechRef) -> Result<String, Failure> {
    let (incident, customer) = desk.incident(number, session.now())?;
    let ruling = desk.ruling_of(&incident.policy, incident.policy_version)?;
    let page = Page {
        session,
        ruling: &ruling,
        zone: session.zone_of(&ruling, incident.office.as_deref()),
        place: desk.place(&incident.policy, number)?,
        incident: &incident,
    };
    page.text(desk, &customer, &desk.timeline(number)?)
}

/// An incident as text, instants in the zone in which its deadlines are said.
struct Page<'a> {
    session: &'a Session,
    ruling: &'a Ruling,
    zone: Tz,
    place: Option<u32>,
    incident: &'a Incident,
}

impl Page<'_> {
    fn text(
        &self,
        desk: &Desk,
        customer: &Customer,
        timeline: &[Recorded],
    ) -> Result<String, Failure> {
        let incident = self.incident;
        let prefix = self.ruling.policy.prefix.as_deref().unwrap_or_default();
        let mut lines = vec![format!(
            "{prefix}{}  {}",
            incident.tech_ref,
            visible(&incident.summary)
        )];
        for (name, value) in self.facts(desk, customer)? {
            let value = visible(&value);
            lines.push(match self.session.is_plain() {
                true => format!("{name}: {value}"),
                false => format!("{name:<14}{value}"),
            });
        }
        if !incident.clocks.is_empty() {
            lines.push("\nClocks".to_owned());
            lines.extend(incident.clocks.iter().map(|clock| self.clock(clock)));
        }
        if let Some(detail) = &incident.detail {
            lines.push("\nDetail".to_owned());
            lines.extend(detail.lines().map(|line| format!("  {}", visible(line))));
        }
        if !incident.escalations.is_empty() {
            lines.push("\nLadder".to_owned());
            let said = incident.escalations.iter();
            let told = |at| self.session.told(at, self.zone);
            lines.extend(said.flat_map(|made| ladder::lines(made, &self.ruling.policy, &told)));
        }
        lines.push("\nTimeline".to_owned());
        lines.extend(timeline.iter().map(|entry| self.entry(entry)));
        Ok(lines.join("\n"))
    }

    fn facts(
        &self,
        desk: &Desk,
        customer: &Customer,
    ) -> Result<Vec<(&'static str, String)>, Failure> {
        let incident = self.incident;
        let at = |at| self.session.told(at, self.zone);
        let mut facts = vec![
            ("State", incident.state.word().to_owned()),
            ("Customer", format!("{} ({})", customer.name, customer.code)),
        ];
        let mut say = |name, value: Option<String>| facts.extend(value.map(|value| (name, value)));
        say(
            "Contact",
            incident.contact.as_ref().map(|contact| {
                let parts = std::iter::once(&contact.name).chain(&contact.phones);
                let parts: Vec<&str> = parts.map(String::as_str).collect();
                parts.join(", ")
            }),
        );
        say(
            "Policy",
            Some(format!(
                "{}, version {}",
                incident.policy, incident.policy_version
            )),
        );
        say("Office", incident.office.clone());
        say("Severity", severity(incident));
        say("Product", incident.product.clone());
        say(
            "Assignee",
            Some(
                incident
                    .assignee
                    .clone()
                    .unwrap_or_else(|| "nobody".to_owned()),
            ),
        );
        say("Channel", channel(incident));
        say("Emergency", emergency(incident));
        say("Received", Some(at(incident.opened_at)));
        say("Answered", incident.first_response_at.map(at));
        say("Last contact", Some(at(incident.last_contact_at)));
        say(
            "Number",
            Some(incident.number_given_at.map_or_else(
                || "not given to the caller yet".to_owned(),
                |given| format!("given {}", at(given)),
            )),
        );
        say(
            "To say",
            Some(spoken(incident, self.session.now(), self.zone)),
        );
        let counted = |seconds| (seconds > 0).then(|| hours_in_words(seconds));
        say("Calls", counted(incident.call_seconds));
        let now = self.session.now();
        let waited = incident.waiting_seconds(now);
        say("Waited", counted(waited));
        if waited > 0 {
            say("With us", counted(incident.own_seconds(now)));
        }
        say(
            "Place",
            self.place
                .map(|place| format!("{place}, first come, first served")),
        );
        let pages = &incident.manual_pages;
        say("Manual", (!pages.is_empty()).then(|| pages.join(", ")));
        say("Changed", incident.what_changed.clone());
        say("Pays", self.cover(desk)?);
        say("Money", self.money(desk)?);
        say(
            "Level",
            Some(incident.escalation_level())
                .filter(|level| *level > 0)
                .map(|level| level.to_string()),
        );
        say("Resolution", incident.resolution.as_ref().map(resolution));
        say(
            "Declined",
            incident
                .declined
                .as_ref()
                .map(|declined| declined.reason.clone()),
        );
        say(
            "Reopened",
            match incident.reopened {
                0 => None,
                1 => Some("once".to_owned()),
                times => Some(format!("{times} times")),
            },
        );
        say("Elsewhere", incident.external_id.clone());
        say(
            "Came back",
            incident
                .answered_after
                .map(|heard| format!("{}, after it had ended", at(heard))),
        );
        let same = desk.same_as(incident.tech_ref)?.into_iter();
        let same: Vec<TechRef> = same.map(|same| same.number).collect();
        facts.extend(forks::facts(&incident.forks, &same));
        for (question, answer) in &incident.routing {
            facts.push(("Asked", format!("{question}: {answer}")));
        }
        Ok(facts)
    }

    /// What pays for it.
    fn cover(&self, desk: &Desk) -> Result<Option<String>, Failure> {
        let (policy, incident) = (&self.ruling.policy, self.incident);
        let id = incident.cover.as_ref().and_then(|cover| cover.entitlement);
        if let Some(id) = id {
            let owned = desk.entitlements(incident.customer)?;
            let owned = owned.iter().find(|owned| owned.id == id);
            return Ok(owned.map(|owned| crate::incident::entitled::one_in_words(policy, owned)));
        }
        let nothing = || "nothing covers it: worked on, and marked".to_owned();
        Ok(incident.uncovered.then(nothing))
    }

    fn money(&self, desk: &Desk) -> Result<Option<String>, Failure> {
        let incident = self.incident;
        let newest = desk.ruling(Some(&incident.policy))?;
        let Some(charge) = charge_today(incident, &newest.policy) else {
            return Ok(None);
        };
        let owed = owed_today(incident, &newest.policy);
        let parts = [
            ("paid", charge.paid),
            ("waived", charge.waived),
            ("given back", charge.refunded),
            ("owed", owed.map_or(0, |owed| owed.minor)),
        ];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(_, minor)| *minor > 0)
            .map(|(what, minor)| format!("{what} {}", charge.money(*minor).amount()))
            .collect();
        let parts = if parts.is_empty() {
            "nothing owed".to_owned()
        } else {
            parts.join(", ")
        };
        Ok(Some(format!("{}: {parts}", charge.price)))
    }

    fn clock(&self, clock: &Clock) -> String {
        let now = self.session.now();
        let office = self.incident.office.as_deref();
        let calendar = self.ruling.deadlines.calendar(office).ok().flatten();
        let words = match (Remaining::of(clock, calendar, now), &clock.stopped) {
            (Some(left), _) => left.in_words(now, self.zone),
            (None, Some(stopped)) => format!(
                "stopped {}, was due {}",
                self.session.told(stopped.at, self.zone),
                self.session.told(clock.due_at, self.zone)
            ),
            (None, None) => String::new(),
        };
        let state = clock.state(now).word();
        let kind = clock.kind.word();
        match self.session.is_plain() {
            true if words.starts_with(state) => format!("{kind}: {words}"),
            true => format!("{kind}: {state}, {words}"),
            false => format!("  {kind:<12}{state:<10}{words}"),
        }
    }

    fn entry(&self, entry: &Recorded) -> String {
        let told = |at| self.session.told(at, self.zone);
        let text = describe_as(&entry.event, &told);
        let late = (entry.recorded_at - entry.at).num_seconds();
        let entered = if late >= 60 {
            format!(" (entered {} later)", days_in_words(late))
        } else {
            String::new()
        };
        let mut lines = text.lines();
        let at = told(entry.at);
        let agent = visible(&entry.agent);
        let first = visible(lines.next().unwrap_or_default());
        let mut shown = match self.session.is_plain() {
            true => format!("{at}{entered}, {agent}: {first}"),
            false => format!("  {at}{entered}  {agent}  {first}"),
        };
        for line in lines {
            shown.push_str(&format!("\n      {}", visible(line)));
        }
        shown
    }
}

/// The channel, where it is none of the agreement's.
fn channel(incident: &Incident) -> Option<String> {
    let reason = incident.channel_reason.as_ref()?;
    let word = incident.channel.word();
    Some(format!("{word}, outside the agreement: {reason}"))
}

fn emergency(incident: &Incident) -> Option<String> {
    let refused = incident.emergency_refused.as_ref();
    let refused = refused.map(|reason| format!("not given: {reason}"));
    incident.emergency.then(|| "yes".to_owned()).or(refused)
}

fn severity(incident: &Incident) -> Option<String> {
    let severity = &incident.severity;
    let agreed = severity.agreed.clone()?;
    let with = severity.agreed_with.as_ref();
    let mut text = with.map_or(agreed.clone(), |with| {
        format!("{agreed}, agreed with {with}")
    });
    if let Some(asked) = severity.asked.as_ref().filter(|asked| **asked != agreed) {
        text.push_str(&format!(", asked for {asked}"));
    }
    Some(text)
}

fn resolution(resolution: &Resolution) -> String {
    let parts = std::iter::once(&resolution.outcome)
        .chain(&resolution.cause)
        .chain(&resolution.reference);
    let parts: Vec<&str> = parts.map(String::as_str).collect();
    parts.join(", ")
}
