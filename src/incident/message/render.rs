//! From a template to a message: who gets it, and what stands for each field.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{Addresses, Message, Wording};
use crate::calendar::Calendar;
use crate::incident::acting::acting;
use crate::incident::clock::ClockKind;
use crate::incident::decide::{MOST_TEXT, Situation, checked_text};
use crate::incident::people::{Contact, Customer};
use crate::incident::refusal::Refusal;
use crate::incident::remaining::full_instant;
use crate::incident::state::{Escalation, Incident};
use crate::policy::{Field, Money, Occasion, Piece, Policy, pieces};

/// The subject of a message to all under a policy that writes none of its own.
const SUBJECT: &str = "Resolved: {summary}";
/// The most further numbers in a subject; the text names all.
const MOST_TOKENS: usize = 8;
/// The most characters of a subject: more than a list shows, fewer than any mail server refuses.
const MOST_SUBJECT: usize = 200;

/// The message that `at` calls for; none where the policy has no template for it, or nobody can be written to. `said`
/// is what was said on the occasion.
pub(in crate::incident) fn compose(
    at: Occasion,
    said: Option<&str>,
    incident: &Incident,
    situation: &Situation<'_>,
) -> Option<Message> {
    let template = situation.policy.template(at)?;
    let (to, cc) = addressees(at, incident, situation);
    if to.is_empty() {
        return None;
    }
    let view = View {
        said,
        incident,
        situation,
        also: &[],
    };
    Some(Message {
        n: next_place(incident)?,
        occasion: at,
        wording: Wording {
            cc: cc.without(&to),
            to,
            subject: subject(&view.fill(&template.subject), incident, situation.policy),
            text: shortened(text(&view.fill(&template.text))),
        },
        also: Vec::new(),
    })
}

/// The message by which one caller is told, in the words of `template`, that the first of these incidents and the others
/// are resolved; none where there is nobody to write to.
pub(in crate::incident) fn compose_for_all(
    template: &str,
    told: &[(&Incident, &Situation<'_>)],
) -> Option<Message> {
    let (&(incident, situation), others) = told.split_first()?;
    let policy = situation.policy;
    let also: Vec<String> = others
        .iter()
        .map(|(other, under)| number(other, under.policy))
        .collect();
    let view = View {
        said: None,
        incident,
        situation,
        also: &also,
    };
    let at = Occasion::Resolved;
    let line = policy.template(at).map_or(SUBJECT, |own| &own.subject);
    let tokens = also.iter().take(MOST_TOKENS);
    let tokens: String = tokens.map(|number| format!("[{number}] ")).collect();
    Some(Message {
        n: next_place(incident)?,
        occasion: at,
        wording: Wording {
            to: Addresses::new([asker(incident, situation.customer)?]),
            cc: Addresses::default(),
            subject: subject(&(tokens + &view.fill(line)), incident, policy),
            text: shortened(text(&view.fill(template))),
        },
        also: others.iter().map(|(other, _)| other.tech_ref).collect(),
    })
}

/// What is to be said to all, which must be a template for a resolution.
pub(in crate::incident) fn checked_template(text: &str) -> Result<String, Refusal> {
    let text = checked_text("message", text)?;
    match Occasion::Resolved.unknown(&text).first() {
        Some((name, remedy)) => Err(Refusal::input(format!(
            "message: {{{name}}} stands for nothing in it; {remedy}"
        ))),
        None => Ok(text),
    }
}

/// The first name in braces that has nothing to say of this incident.
pub(in crate::incident) fn unfilled<'t>(
    text: &'t str,
    incident: &Incident,
    situation: &Situation<'_>,
) -> Option<&'t str> {
    let view = View {
        said: None,
        incident,
        situation,
        also: &[],
    };
    pieces(text).into_iter().find_map(|piece| match piece {
        Piece::Name(name) => view.named(name).is_none().then_some(name),
        Piece::Plain(_) => None,
    })
}

/// The place of the next message among those of its incident.
fn next_place(incident: &Incident) -> Option<u32> {
    Some(u32::try_from(incident.messages.len()).ok()? + 1)
}

/// Whether a message that was not written is missed: it was promised, or somebody else of the customer's could have been
/// written to, and the policy has words for it.
pub(in crate::incident) fn is_missed(
    at: Occasion,
    incident: &Incident,
    situation: &Situation<'_>,
) -> bool {
    let policy = situation.policy;
    let resolution = incident.resolution.as_ref();
    let outcome = resolution.and_then(|resolution| policy.outcome(&resolution.outcome));
    let owed = match at {
        Occasion::Forwarded => outcome.is_some_and(|outcome| outcome.notify.is_some()),
        _ => at.is_owed() || (situation.customer.contacts.iter()).any(|it| !it.mails.is_empty()),
    };
    owed && policy.template(at).is_some()
}

/// A subject in one line, with the token by which an answer finds the incident (P5-10).
pub(in crate::incident) fn subject(text: &str, incident: &Incident, policy: &Policy) -> String {
    let token = format!("[{}]", number(incident, policy));
    // What looks like an encoded word would be read as one.
    let plain = text
        .replace(|c: char| c.is_control(), " ")
        .replace("=?", "= ?")
        .replace(&token, " ");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let words: String = words.join(" ").chars().take(MOST_SUBJECT).collect();
    format!("{token} {words}").trim_end().to_owned()
}

/// A text without control characters and without empty lines that follow each other.
pub(in crate::incident) fn text(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines() {
        let line = line.trim_end();
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            clean.extend(line.chars().filter(|c| !c.is_control() || *c == '\t'));
            clean.push('\n');
        }
    }
    clean.trim().to_owned()
}

/// As much of a text as may be kept; it is put together from texts that are on the timeline whole.
fn shortened(mut text: String) -> String {
    let end = text.floor_char_boundary(MOST_TEXT);
    text.truncate(end);
    text
}

/// The number as messages write it.
fn number(incident: &Incident, policy: &Policy) -> String {
    let prefix = policy.prefix.as_deref().unwrap_or_default();
    format!("{prefix}{}", incident.tech_ref)
}

/// Who gets the message, and who a copy.
fn addressees(
    at: Occasion,
    incident: &Incident,
    situation: &Situation<'_>,
) -> (Addresses, Addresses) {
    let (policy, customer) = (situation.policy, situation.customer);
    let of_role = |role: &str| role_address(policy, customer, role);
    let asker = || Addresses::new(asker(incident, customer));
    match at {
        Occasion::Forwarded => (
            Addresses::new(told(incident, situation)),
            Addresses::default(),
        ),
        Occasion::Escalated => {
            // Whoever was told before stays in copy, the highest first, as when one answers to all.
            let mut levels: Vec<u8> = incident.standing_escalations().map(|e| e.level).collect();
            levels.sort_unstable_by(|one, other| other.cmp(one));
            let roles = levels
                .into_iter()
                .filter_map(|n| of_role(&policy.level(n)?.role));
            let roles = Addresses::new(roles);
            match asker() {
                nobody if nobody.is_empty() => (roles, nobody),
                asker => (asker, roles),
            }
        }
        _ => (asker(), Addresses::default()),
    }
}

/// The address of whoever spoke for the customer, else the customer's own, which is for all who speak for it; of nobody
/// else: what is written to them by name is theirs to read. Where nobody in particular spoke, of the first of the
/// customer's people who has one.
pub(in crate::incident) fn asker(incident: &Incident, customer: &Customer) -> Option<String> {
    let mail = |contact: &Contact| contact.mails.first().cloned();
    let Some(named) = &incident.contact else {
        return customer.contacts.iter().find_map(mail);
    };
    let called = |name: &str| {
        let mut known = customer.contacts.iter().filter(|known| known.name == name);
        known.find_map(mail)
    };
    mail(named)
        .or_else(|| called(&named.name))
        .or_else(|| called(&customer.name))
}

/// The address of a role; an account manager's is the customer's own, where it has one.
pub(in crate::incident) fn role_address(
    policy: &Policy,
    customer: &Customer,
    role: &str,
) -> Option<String> {
    let own = customer.account_manager.clone();
    own.filter(|_| role == Policy::ACCOUNT_MANAGER)
        .or_else(|| policy.roles.get(role).cloned())
}

/// Who is told of a resolution: the role or address that it names, else the role of its outcome.
fn told(incident: &Incident, situation: &Situation<'_>) -> Option<String> {
    let resolution = incident.resolution.as_ref()?;
    let notify = situation
        .policy
        .outcome(&resolution.outcome)?
        .notify
        .as_ref()?;
    let of_role = |role: &str| role_address(situation.policy, situation.customer, role);
    let named = resolution.to.as_deref();
    let address = |to: &str| to.contains('@').then(|| to.to_owned());
    named
        .and_then(|to| of_role(&to.to_lowercase().replace(' ', "_")).or_else(|| address(to)))
        .or_else(|| of_role(notify))
}

/// What a template is filled from.
struct View<'a> {
    said: Option<&'a str>,
    incident: &'a Incident,
    situation: &'a Situation<'a>,
    /// The numbers of other incidents that it tells of.
    also: &'a [String],
}

impl View<'_> {
    /// A template's text with its fields filled in, without the lines that have nothing to say.
    fn fill(&self, template: &str) -> String {
        let lines = template.lines().filter_map(|line| self.line(line));
        lines.collect::<Vec<_>>().join("\n")
    }

    fn line(&self, line: &str) -> Option<String> {
        pieces(line)
            .into_iter()
            .map(|piece| match piece {
                Piece::Plain(text) => Some(text.to_owned()),
                Piece::Name(name) => self.named(name),
            })
            .collect()
    }

    /// What a name in braces stands for; nothing where that has nothing to say.
    fn named(&self, name: &str) -> Option<String> {
        let mut fields = Occasion::ALL.into_iter().flat_map(Occasion::fields);
        let field = fields.find(|field| field.word() == name)?;
        self.value(field).filter(|value| !value.trim().is_empty())
    }

    fn value(&self, field: Field) -> Option<String> {
        let (incident, situation) = (self.incident, self.situation);
        let resolution = incident.resolution.as_ref();
        let due = |kind| Some(self.instant(incident.running(kind)?.due_at));
        let money = |minor: i64| {
            let currency = incident.charge?.price.currency;
            (minor > 0).then(|| Money { minor, currency }.to_string())
        };
        match field {
            Field::Number => {
                let own = number(incident, situation.policy);
                let numbers: Vec<&str> = std::iter::once(&own)
                    .chain(self.also)
                    .map(String::as_str)
                    .collect();
                Some(numbers.join(", "))
            }
            Field::Customer => Some(situation.customer.name.clone()),
            Field::Contact => {
                let named = incident.contact.as_ref().map(|contact| &contact.name);
                Some(named.unwrap_or(&situation.customer.name).clone())
            }
            Field::Summary => Some(incident.summary.clone()),
            Field::Product => incident.product.clone(),
            Field::Severity => incident.severity.agreed.clone(),
            Field::Policy => Some(situation.policy.title.clone()),
            Field::Agent => Some(acting(situation.agent).0.to_owned()),
            Field::Due => due(ClockKind::Response),
            Field::Estimate => due(ClockKind::Estimate),
            Field::Owed => money(incident.charge?.owed()),
            Field::Checklist => bullets(&situation.policy.intake.checklist),
            Field::Appointment => due(ClockKind::Appointment),
            Field::Text => self.said.map(str::to_owned),
            Field::Outcome => {
                let outcome = situation.policy.outcome(&resolution?.outcome)?;
                Some(outcome.title.clone())
            }
            Field::Detail => resolution?.detail.clone(),
            Field::Reference => resolution?.reference.clone(),
            Field::Version => resolution?.version.clone(),
            Field::Indication => resolution?.indication.clone(),
            Field::To => resolution?.to.clone(),
            Field::Refunded => money(incident.charge?.refunded),
            Field::Reason => incident.declined.as_ref().map(|it| it.reason.clone()),
            Field::Level => self.level(self.newest()?.level),
            Field::Ground => self.ground(self.newest()?),
            Field::Concern => self.newest().map(|step| step.concern.clone()),
            Field::Attempts => self.attempts(),
        }
    }

    /// The escalation that the message is about.
    fn newest(&self) -> Option<&Escalation> {
        self.incident
            .standing_escalations()
            .max_by_key(|step| step.level)
    }

    fn level(&self, n: u8) -> Option<String> {
        let title = &self.situation.policy.level(n)?.title;
        Some(format!("level {n} ({title})"))
    }

    fn ground(&self, step: &Escalation) -> Option<String> {
        let ground = self.situation.policy.ground(step.ground.as_deref()?)?;
        Some(ground.title.clone())
    }

    /// The earlier steps up the ladder, with their dates, grounds and answers (P4-19).
    fn attempts(&self) -> Option<String> {
        let newest = self.newest()?.level;
        let earlier = self.incident.standing_escalations();
        let attempts: Vec<String> = earlier
            .filter(|step| step.level < newest)
            .filter_map(|step| {
                let level = self.level(step.level)?;
                let ground = self.ground(step);
                let ground = ground.unwrap_or_else(|| "ground not said yet".to_owned());
                let (when, concern) = (self.instant(step.at), &step.concern);
                let answer = match (&step.answer, step.answered_at) {
                    (Some(answer), Some(at)) => format!("answered {}: {answer}", self.instant(at)),
                    _ => "not answered yet".to_owned(),
                };
                Some(format!(
                    "- {level}, {when}: {ground}\n  Concern: {concern}\n  Reply: {answer}"
                ))
            })
            .collect();
        (!attempts.is_empty()).then(|| attempts.join("\n"))
    }

    /// An instant in the zone of the incident's hours.
    fn instant(&self, at: DateTime<Utc>) -> String {
        let deadlines = self.situation.deadlines;
        let calendar = deadlines.calendar(self.incident.office.as_deref());
        full_instant(at, calendar.ok().flatten().map_or(Tz::UTC, Calendar::zone))
    }
}

fn bullets(items: &[String]) -> Option<String> {
    let items: Vec<String> = items.iter().map(|item| format!("- {item}")).collect();
    (!items.is_empty()).then(|| items.join("\n"))
}
