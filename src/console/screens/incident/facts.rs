//! What is known of an incident, as lines: a label, and what it says. Short ones share a line where two fit.

use ratatui::text::{Line, Span};

use super::clock_lines::desk_zone;
use super::{span, ties};
use crate::console::live;
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::incident::{
    Contact, MessageState, Outgoing, Resolution, SeverityState, day_and_time, days_in_words,
    emergency_in_words, entitled, hours_in_words, spoken,
};
use crate::policy::{Channel, EntitlementKind, Money};
use crate::store::Dossier;
use crate::text;

/// Columns of a label.
const LABEL: usize = 12;

/// Something that is known.
struct Fact {
    label: &'static str,
    words: String,
    role: Role,
}

/// The facts, those that are asked for on the telephone first, each in at most `most` lines.
pub(super) fn lines(
    dossier: &Dossier,
    model: &Model,
    look: &Look,
    width: u16,
    most: usize,
) -> Vec<Line<'static>> {
    let half = width / 2;
    let fits = |fact: &Fact| text::width(&fact.words) + LABEL < half.into();
    let mut lines = Vec::new();
    let mut facts = facts(dossier, model).into_iter().peekable();
    while let Some(fact) = facts.next() {
        let beside = facts.next_if(|next| fits(&fact) && fits(next));
        let mut own = labelled(fact.label, &fact.words, fact.role, look, width, most);
        if let (Some(line), Some(beside)) = (own.first_mut(), beside) {
            let gap = usize::from(half).saturating_sub(line.width());
            line.push_span(Span::raw(" ".repeat(gap)));
            line.push_span(label(beside.label, look));
            line.push_span(span(&beside.words, beside.role, look));
        }
        lines.extend(own);
    }
    lines
}

/// The next deadline as a sentence to read out: never cut.
pub(super) fn to_say(
    dossier: &Dossier,
    model: &Model,
    look: &Look,
    width: u16,
) -> Vec<Line<'static>> {
    let zone = desk_zone(dossier, model);
    let words = spoken(&dossier.incident, model.now, zone);
    labelled("to say", &words, Role::Text, look, width, usize::MAX)
}

/// What was written down at length: the timeline has it too.
pub(super) fn texts(dossier: &Dossier, look: &Look, width: u16, most: usize) -> Vec<Line<'static>> {
    let incident = &dossier.incident;
    let answers = incident.routing.iter();
    let answers: Vec<String> = answers
        .map(|(question, answer)| format!("{question}: {answer}"))
        .collect();
    let answers = (!answers.is_empty()).then(|| answers.join(", "));
    let texts = [
        ("detail", &incident.detail),
        ("changed", &incident.what_changed),
        ("answers", &answers),
    ];
    texts
        .into_iter()
        .filter_map(|(name, words)| Some((name, words.as_ref()?)))
        .flat_map(|(name, words)| labelled(name, words, Role::Text, look, width, most))
        .collect()
}

/// A label before words that wrap beside it, in at most `most` lines.
pub(super) fn labelled(
    name: &str,
    words: &str,
    role: Role,
    look: &Look,
    width: u16,
    most: usize,
) -> Vec<Line<'static>> {
    let room = usize::from(width).saturating_sub(LABEL);
    let pieces = wrapped(words, room, most, look);
    let line = |(place, piece): (usize, String)| {
        let name = if place == 0 { name } else { "" };
        Line::from(vec![label(name, look), span(&piece, role, look)])
    };
    pieces.into_iter().enumerate().map(line).collect()
}

/// Words in at most `most` lines of `room` columns.
pub(super) fn wrapped(words: &str, room: usize, most: usize, look: &Look) -> Vec<String> {
    let mut pieces = text::wrap(words, room);
    if pieces.len() > most {
        let rest = pieces.split_off(most.saturating_sub(1)).join(" ");
        pieces.push(text::cut_with(&rest, room, look.symbols.cut).into_owned());
    }
    pieces
}

/// A label.
pub(super) fn label(name: &str, look: &Look) -> Span<'static> {
    span(&text::fit(name, LABEL), Role::Label, look)
}

fn facts(dossier: &Dossier, model: &Model) -> Vec<Fact> {
    let incident = &dossier.incident;
    let mut facts = Vec::new();
    let mut add = |label, words: Option<String>, role| {
        facts.extend(words.map(|words| Fact { label, words, role }));
    };
    let text = Role::Text;
    add("contact", Some(contact(incident.contact.as_ref())), text);
    let pays = pays(dossier, model);
    let owed = incident.owed().is_some() || incident.uncovered;
    add("pays", pays, if owed { Role::Warning } else { text });
    add("severity", severity(&incident.severity), text);
    let nobody = "nobody yet".to_owned();
    add(
        "agent",
        Some(incident.assignee.clone().unwrap_or(nobody)),
        text,
    );
    let open = live::on_in_words(model, incident.tech_ref);
    add(
        "also open",
        open.map(|names| format!("by {names}")),
        Role::Warning,
    );
    add("product", incident.product.clone(), text);
    let policy = format!("{}, version {}", incident.policy, incident.policy_version);
    add("policy", Some(policy), text);
    add("office", incident.office.clone(), text);
    let emergency = emergency_in_words(&dossier.ruling.policy, incident);
    let emergency = (!emergency.is_empty()).then(|| emergency.join("; "));
    add("emergency", emergency, Role::Warning);
    let mut opened = day_and_time(incident.opened_at, model.now, model.zone);
    opened.push_str(&format!(", {}", channel(incident.channel)));
    if let Some(reason) = &incident.channel_reason {
        opened.push_str(&format!(" ({reason})"));
    }
    add("opened", Some(opened), text);
    let place = dossier.place;
    let place = place.map(|place| format!("{place}, first come, first served"));
    add("place", place, text);
    let own = incident.own_seconds(model.now);
    let waited = incident.waiting_seconds(model.now);
    add("with us", Some(days_in_words(own)), text);
    let waited = (waited > 0).then(|| format!("{} for the customer", days_in_words(waited)));
    add("waited", waited, text);
    let calls = incident.call_seconds;
    add("calls", (calls > 0).then(|| hours_in_words(calls)), text);
    add(
        "resolution",
        incident.resolution.as_ref().map(resolution),
        Role::Good,
    );
    let failed = incident.messages.iter();
    let failed = failed
        .filter(|one| one.state == MessageState::Failed)
        .count();
    let role = if failed > 0 { Role::Warning } else { text };
    add("messages", messages(&incident.messages), role);
    let declined = incident.declined.as_ref();
    add(
        "declined",
        declined.map(|declined| declined.reason.clone()),
        text,
    );
    for (label, words) in ties::of(dossier) {
        add(label, Some(words), text);
    }
    add("elsewhere", incident.external_id.clone(), text);
    facts
}

/// How many messages wait, were sent, failed, were dropped.
fn messages(messages: &[Outgoing]) -> Option<String> {
    let words: Vec<String> = MessageState::ALL
        .into_iter()
        .map(|state| {
            let count = messages.iter().filter(|one| one.state == state).count();
            (count, state.word())
        })
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// Who spoke for the customer, and the number to call back.
fn contact(contact: Option<&Contact>) -> String {
    let Some(contact) = contact else {
        return "nobody is named".to_owned();
    };
    let mut words = contact.name.clone();
    match contact.phones.as_slice() {
        [] => words.push_str(", no number to call back"),
        phones => words.push_str(&format!(", {}", phones.join(", "))),
    }
    for more in contact.role.iter().chain(&contact.mails) {
        words.push_str(&format!(", {more}"));
    }
    words
}

fn severity(severity: &SeverityState) -> Option<String> {
    let agreed = severity.agreed.as_ref()?;
    let asked = severity.asked.as_ref().filter(|asked| *asked != agreed);
    let mut words = agreed.clone();
    if let Some(with) = &severity.agreed_with {
        words.push_str(&format!(", agreed with {with}"));
    }
    if let Some(asked) = asked {
        words.push_str(&format!(", asked for {asked}"));
    }
    Some(words)
}

/// What pays for it, and its money.
fn pays(dossier: &Dossier, model: &Model) -> Option<String> {
    let incident = &dossier.incident;
    let policy = &dossier.ruling.policy;
    if let Some(charge) = incident.charge {
        let money = |minor| Money {
            minor,
            ..charge.price
        };
        let owed = incident.owed().filter(|owed| owed.minor > 0);
        let mut words = match (owed, charge.paid) {
            (Some(owed), 0) => format!("{owed} owed"),
            (Some(owed), paid) => format!("{owed} owed, paid {}", money(paid).amount()),
            (None, 0) => "nothing owed".to_owned(),
            (None, paid) => format!("paid {}", money(paid)),
        };
        for (what, minor) in [("waived", charge.waived), ("given back", charge.refunded)] {
            if minor > 0 {
                words.push_str(&format!(", {what} {}", money(minor).amount()));
            }
        }
        if let Some(payment) = &incident.payment {
            words.push_str(&format!(" ({}, {})", payment.method, payment.reference));
        }
        return Some(words);
    }
    if let Some(cover) = &incident.cover {
        let taken = dossier
            .entitlements
            .iter()
            .find(|entitlement| Some(entitlement.id) == cover.entitlement);
        let words = taken.map_or_else(
            || "covered".to_owned(),
            |entitlement| entitled::one_in_words(policy, entitlement),
        );
        let reserved = cover.kind == EntitlementKind::PerIncident && !cover.used;
        return Some(if reserved {
            words + " (reserved)"
        } else {
            words
        });
    }
    if incident.uncovered {
        return Some("nothing covers it: worked on, and marked".to_owned());
    }
    policy.cover.as_ref().map(|_| {
        let day = model.now.with_timezone(&model.zone).date_naive();
        entitled::in_words(policy, &dossier.entitlements, day)
    })
}

fn resolution(resolution: &Resolution) -> String {
    let mut words = resolution.outcome.clone();
    let more = [
        &resolution.cause,
        &resolution.detail,
        &resolution.reference,
        &resolution.version,
    ];
    for more in more.into_iter().flatten() {
        words.push_str(&format!(", {more}"));
    }
    words
}

fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "phone",
        Channel::Mail => "mail",
        Channel::Chat => "chat",
        Channel::Other => "another channel",
    }
}
