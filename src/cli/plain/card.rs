//! The caller's card in sentences: who it is, what pays, what is open.

use super::Plain;
use crate::cli::list::{Zones, standing};
use crate::cli::session::sentence;
use crate::cli::{Failure, Session, told};
use crate::incident::{Contact, CustomerId, Remaining, entitled};
use crate::store::{Access, CallerCard, Desk, Listed};
use crate::text::visible;

/// As many incidents of the caller's are read out.
const READ_OUT: usize = 9;

impl Plain {
    /// Says who it is, what pays, and what is open, which can be gone on with by its place.
    pub(super) fn read_card(
        &mut self,
        id: CustomerId,
        contact: Option<&Contact>,
    ) -> Result<(), Failure> {
        let session = self.session();
        let desk = session.open(Access::Read)?;
        let card = desk.caller(id, session.now())?;
        let customer = &card.customer;
        let (name, code, policy) = (&customer.name, &customer.code, &card.ruling.policy);
        self.say(format_args!("{name}, {code}, policy {}.", policy.title))?;
        if let Some(contact) = contact.filter(|contact| contact.name != customer.name) {
            self.say(format_args!("On the line: {}.", person(contact)))?;
        }
        self.say_all(entitled_in_words(&session, &card))?;
        let office = customer.office.as_deref();
        let hours = told::hours(&card.ruling, office, session.now(), &session);
        let conduct = card
            .conduct
            .iter()
            .map(|note| told::conduct(note, &session));
        let notes: Vec<String> = hours.into_iter().chain(conduct).collect();
        self.say_all(notes.iter().map(|note| sentence(note)))?;
        let open: Vec<&Listed> = card.open.iter().take(READ_OUT).collect();
        self.say(match card.open.len() {
            0 => "Nothing is open: n logs a new incident.".to_owned(),
            many => format!("{many} open: the number in front goes on with one, n logs a new one."),
        })?;
        let ended = card.ended.iter().take(READ_OUT - open.len());
        self.rows.clear();
        for row in open.into_iter().chain(ended) {
            self.rows.push(row.number);
            let words = row_in_words(&session, &desk, row)?;
            self.say(format_args!("{}: {words}.", self.rows.len()))?;
        }
        match card.open.len().saturating_sub(READ_OUT) {
            0 => Ok(()),
            more => self.say(format_args!(
                "{more} more are open: list customer:{code} reads them all."
            )),
        }
    }
}

/// A person with the first way to reach them.
pub(super) fn person(contact: &Contact) -> String {
    let way = contact.phones.first().or(contact.mails.first());
    let parts: Vec<&str> = std::iter::once(&contact.name)
        .chain(way)
        .map(String::as_str)
        .collect();
    parts.join(", ")
}

/// What pays for a new incident today.
fn entitled_in_words(session: &Session, card: &CallerCard) -> Vec<String> {
    let zone = session.zone_of(&card.ruling, card.customer.office.as_deref());
    let day = session.now().with_timezone(&zone).date_naive();
    let (policy, owned) = (&card.ruling.policy, &card.entitlements);
    let more = entitled::fitting(policy, owned, day)
        .len()
        .saturating_sub(1);
    let words = entitled::in_words(policy, owned, day);
    let more = (more > 0).then(|| format!("{more} more to choose from."));
    std::iter::once(sentence(&words)).chain(more).collect()
}

/// An incident with where it stands, and what is left of what is due next.
fn row_in_words(session: &Session, desk: &Desk, row: &Listed) -> Result<String, Failure> {
    let now = session.now();
    let (incident, _) = desk.incident(row.number, now)?;
    let ruling = desk.ruling_of(&incident.policy, incident.policy_version)?;
    let office = incident.office.as_deref();
    let calendar = ruling.deadlines.calendar(office).ok().flatten();
    let clock = incident.next_clock();
    let left = clock.and_then(|clock| {
        let left = Remaining::of(clock, calendar, now)?;
        let words = left.in_words(now, session.zone_of(&ruling, office));
        Some(format!("{}: {words}", clock.kind.word()))
    });
    let (state, due) = standing(&mut Zones::of(session, desk), row, now);
    let severity = row.severity.as_ref().map(|name| format!("severity {name}"));
    let more = [severity, left.or(due)].into_iter().flatten();
    let parts: Vec<String> = std::iter::once(state).chain(more).collect();
    let (number, summary) = (row.number, visible(&row.summary));
    Ok(format!("{number}, {summary}; {}", parts.join(", ")))
}
