//! The second reading of a log: every event, in the order of time, as the steps that it means.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, Utc};
use csv::StringRecord;

use super::bad::Heap;
use super::map::{Activity, Map, Opens, Resolve};
use super::people::People;
use super::plan::{Log as LogFile, Plan};
use super::shape::Shape;
use super::template::Template;
use super::words::OneOrMore;
use super::{Account, ImportError, MapFile, check, made};
use crate::incident::{
    Estimate, Incident, Log, NewContact, Refusal, Resolution, Respond, State, Step, TechRef, Way,
};
use crate::policy::{AfterResolution, Policy};
use crate::store::{Batch, Context, Desk, StoreError};

/// What is to be imported, and how.
#[derive(Debug)]
pub struct Import<'a> {
    /// The log.
    pub file: &'a Path,
    /// The mapping file.
    pub map: &'a MapFile,
    /// The zone of the file's times, in place of the map's.
    pub zone: Option<&'a str>,
    /// How the file's times are written, in place of what the map says.
    pub times: &'a [String],
    /// The policy that the incidents come under; the desk's first when absent.
    pub policy: Option<&'a str>,
    /// The customers' office, in place of the map's.
    pub office: Option<&'a str>,
    /// A rehearsal: everything is done, and nothing kept.
    pub dry_run: bool,
    /// The file that takes lines that cannot be placed; without one such a line refuses all.
    pub skip_bad: Option<&'a Path>,
}

/// Imports a log in one transaction, all or nothing. Cases that are here already, by their number in the other system,
/// are left alone. `context` says who imports, and when; `progress` is told how many events are done, and of how many.
///
/// # Errors
/// When the map, the log, a line of it or the desk refuses.
pub fn run(
    desk: &mut Desk,
    import: &Import<'_>,
    context: &Context,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Account, ImportError> {
    let ruling = desk.ruling(import.policy)?;
    let mut map = Map::read(import, &ruling.policy)?;
    let shape = Shape::of(import.file, map.delimiter, true)?;
    let mut log = LogFile::open(import.file, shape)?;
    let missing = map.bind(&log.header);
    if !missing.is_empty() {
        return Err(ImportError::Columns {
            file: import.file.to_owned(),
            missing,
        });
    }
    let header = log.header.as_byte_record();
    let mut heap = Heap::new(import.skip_bad, !import.dry_run, shape.delimiter, header)?;
    let plan = Plan::read(&mut log, &map, &mut heap)?;
    heap.refuse(import.file)?;
    let mut account = Account {
        policy: ruling.policy.name.clone(),
        policy_version: ruling.version,
        dry_run: import.dry_run,
        lines: plan.lines,
        ignored: plan.ignored,
        ..Account::default()
    };
    desk.bulk(!import.dry_run, |batch| {
        let first = batch.next_number()?;
        let agents = batch.desk().agents()?;
        let mut cases = Cases::new(batch, first, (&map).into(), &ruling.policy);
        let of = plan.rows.len() as u64;
        for (done, row) in (0_u64..).zip(&plan.rows) {
            progress(done, of);
            let line = row.read(&mut log)?;
            let Ok(fields) = &line.fields else { continue };
            match cases.event(fields, row.happened(), context) {
                Ok(true) => account.events += 1,
                Ok(false) => account.already_here += 1,
                Err(StoreError::Refused(refusal)) => {
                    heap.add(line.number, fields.as_byte_record(), refusal.message)?;
                }
                Err(error) => return Err(error.into()),
            }
            if heap.full() {
                break;
            }
        }
        progress(of, of);
        heap.refuse(import.file)?;
        account.bad = heap.count();
        account.bad_lines = heap.first();
        cases.tell(&mut account, &agents, context)?;
        heap.keep()
    })?;
    Ok(account)
}

/// What a map says of every case.
#[derive(Clone, Copy)]
pub(super) struct Terms<'a> {
    pub(super) opens: &'a Opens,
    pub(super) case: &'a Template,
    pub(super) agent: Option<&'a Template>,
    pub(super) reopened: Option<&'a Template>,
    /// What the activities of a log do; none in a table of incidents.
    activities: Option<&'a Map>,
}

impl<'a> From<&'a Map> for Terms<'a> {
    fn from(map: &'a Map) -> Self {
        Self {
            opens: &map.opens,
            case: &map.case,
            agent: map.agent.as_ref(),
            reopened: map.reopened.as_ref(),
            activities: Some(map),
        }
    }
}

impl<'a> Terms<'a> {
    /// Those of a table, where each line is a case.
    pub(super) fn of_table(opens: &'a Opens, case: &'a Template) -> Self {
        Self {
            opens,
            case,
            agent: None,
            reopened: None,
            activities: None,
        }
    }
}

/// The cases of a log on their way into a desk.
pub(super) struct Cases<'a, 'b> {
    batch: &'a mut Batch<'b>,
    terms: Terms<'a>,
    policy: &'a Policy,
    /// The number of the first incident that this import opens.
    first: TechRef,
    people: People,
    /// Incidents that were here already.
    known: BTreeSet<u32>,
}

impl<'a, 'b> Cases<'a, 'b> {
    pub(super) fn new(
        batch: &'a mut Batch<'b>,
        first: TechRef,
        terms: Terms<'a>,
        policy: &'a Policy,
    ) -> Self {
        Self {
            first,
            people: People::new(),
            known: BTreeSet::new(),
            terms,
            policy,
            batch,
        }
    }

    /// Counts what came of them all; `agents` are those who worked here before.
    pub(super) fn tell(
        self,
        account: &mut Account,
        agents: &[String],
        context: &Context,
    ) -> Result<(), StoreError> {
        let Self {
            people,
            known,
            batch,
            first,
            ..
        } = self;
        account.customers = people.made;
        account.customers_made = people.named.first();
        account.cases_already_here = known.len();
        let last = batch.next_number()?;
        batch.settle()?;
        let now = batch.desk().agents()?.into_iter();
        let new: Vec<String> = now.filter(|name| !agents.contains(name)).collect();
        account.agents = new.len();
        account.agents_made = made::first(new.into_iter());
        for number in (first.sequence()..last.sequence()).map(TechRef::new) {
            let (incident, _) = batch.desk().incident(number, context.now)?;
            account.count(&incident, context.now);
        }
        Ok(())
    }

    /// Does what an event of a log says; `false` where its case was here already.
    fn event(
        &mut self,
        fields: &StringRecord,
        at: DateTime<Utc>,
        context: &Context,
    ) -> Result<bool, StoreError> {
        let Some(map) = self.terms.activities else {
            return Err(Refusal::input("the map has no activities").into());
        };
        let activity = map.activity_of(fields).map_err(Refusal::input)?;
        let agent = self.terms.agent.and_then(|agent| agent.text(fields));
        self.place(fields, at, activity, agent, context)
    }

    /// Does what `activity` does to the case of a line, which it opens where it is new; `false` where the case was here
    /// already.
    pub(super) fn place(
        &mut self,
        fields: &StringRecord,
        at: DateTime<Utc>,
        activity: &Activity,
        agent: Option<String>,
        context: &Context,
    ) -> Result<bool, StoreError> {
        let terms = self.terms;
        let case = terms.case.raw(fields).filter(|case| !case.is_empty());
        let case = case.ok_or_else(|| Refusal::input("it names no case"))?;
        let context = Context {
            agent: agent.unwrap_or_else(|| context.agent.clone()),
            user: context.user.clone(),
            at: Some(at),
            now: context.now,
            read: context.read,
            once: None,
            if_revision: None,
            quiet: true,
            by_hand: context.by_hand,
        };
        let mut event = Event {
            terms,
            policy: self.policy,
            fields,
            activity,
            agent: &context.agent,
            steps: None,
        };
        match self.batch.by_external_id(&case)? {
            Some(number) if number < self.first => {
                self.known.insert(number.sequence());
                return Ok(false);
            }
            Some(number) => {
                self.batch
                    .follow(number, &context, |incident| event.next(incident))?;
            }
            None => {
                let mut log = self.opening(fields, &context)?;
                log.external_id = Some(case);
                self.batch
                    .log(&log, &context, |incident| event.next(incident))?;
            }
        }
        Ok(true)
    }

    /// The contact that the first event of a case stands for.
    fn opening(&mut self, fields: &StringRecord, context: &Context) -> Result<Log, StoreError> {
        let opens = self.terms.opens;
        let severity = match &opens.severity {
            Some(severity) if !self.policy.severities.is_empty() => {
                let (named, value) = severity.meant(fields);
                let mut named = named.into_iter().flat_map(OneOrMore::iter);
                let known = named.find(|name| self.policy.severity(name).is_some());
                Some(known.map(str::to_owned).ok_or_else(|| {
                    Refusal::input(format!(
                        "the map knows no severity for \"{value}\": name it in the map under [opens.severity.values], or say otherwise = … there (`holdline import map`)"
                    ))
                })?)
            }
            _ => None,
        };
        let summary = opens.summary.text(fields).unwrap_or_default();
        let (policy, batch) = (self.policy, &mut *self.batch);
        let (customer, contact) = self.people.of(fields, opens, policy, batch, context)?;
        let mut log = Log::new(customer, summary);
        log.contact = contact;
        log.policy = Some(self.policy.name.clone());
        log.office.clone_from(&opens.office);
        log.detail = text(opens.detail.as_ref(), fields);
        log.product = text(opens.product.as_ref(), fields);
        log.channel = opens.channel_of(fields);
        log.severity = severity;
        Ok(log)
    }
}

/// An event and what it does, step by step.
struct Event<'a> {
    terms: Terms<'a>,
    policy: &'a Policy,
    fields: &'a StringRecord,
    activity: &'a Activity,
    agent: &'a str,
    /// The activity's own steps, once the way to them is free.
    steps: Option<std::vec::IntoIter<Step>>,
}

impl Event<'_> {
    /// The next step on `incident`.
    fn next(&mut self, incident: &Incident) -> Option<Step> {
        if let Some(steps) = &mut self.steps {
            return steps.next();
        }
        match incident.state {
            State::AwaitingAcceptance => Some(Step::Accept { entitlement: None }),
            State::AwaitingPayment => Some(Step::Waive {
                reason: self.terms.opens.waive.clone().unwrap_or_default(),
            }),
            state
                if !state.is_open()
                    && self.activity.after_resolution == AfterResolution::Reopen =>
            {
                Some(Step::Reopen {
                    by_customer: false,
                    recurring: false,
                    reason: text(self.terms.reopened, self.fields),
                })
            }
            _ => {
                let mut steps = self.own(incident).into_iter();
                let first = steps.next();
                self.steps = Some(steps);
                first
            }
        }
    }

    /// What the activity itself does.
    fn own(&self, incident: &Incident) -> Vec<Step> {
        let Activity {
            contact,
            assign,
            respond,
            note,
            note_kind,
            resolve,
            close,
            ..
        } = self.activity;
        let filled = |template: &Template| template.text(self.fields).unwrap_or_default();
        let mut steps = Vec::new();
        steps.extend(contact.as_ref().map(|said| {
            Step::Contact(NewContact {
                text: said.text(self.fields),
                ..NewContact::new(Way::In, self.terms.opens.channel_of(self.fields))
            })
        }));
        steps.extend(assign.then(|| Step::Assign(Some(self.agent.to_owned()))));
        let respond = respond
            .as_ref()
            .filter(|respond| !(respond.first_only && incident.first_response_at.is_some()));
        steps.extend(respond.map(|respond| {
            Step::Respond(Respond {
                by: respond
                    .by
                    .unwrap_or_else(|| self.terms.opens.channel_of(self.fields)),
                channel_reason: None,
                text: Some(filled(&respond.text)),
                estimate: respond.no_estimate.clone().map(Estimate::No),
                manual_page: None,
            })
        }));
        steps.extend(note.as_ref().map(|note| Step::Note {
            kind: *note_kind,
            text: filled(note),
        }));
        steps.extend(
            resolve
                .as_ref()
                .map(|resolve| Step::Resolve(Box::new(self.resolution(resolve)))),
        );
        steps.extend(close.as_ref().map(|close| Step::Close {
            reason: close.reason,
            detail: filled(&close.detail),
        }));
        steps
    }

    fn resolution(&self, resolve: &Resolve) -> Resolution {
        let outcome = resolve
            .outcome
            .iter()
            .find(|outcome| check::chosen(self.policy, outcome));
        let given = |template: &Option<Template>| text(template.as_ref(), self.fields);
        Resolution {
            outcome: outcome.cloned().unwrap_or_default(),
            detail: given(&resolve.detail),
            reference: given(&resolve.reference),
            version: given(&resolve.version),
            product: given(&resolve.product),
            to: given(&resolve.to),
            indication: given(&resolve.indication),
            ..Resolution::default()
        }
    }
}

/// The text of a template that may be absent.
fn text(template: Option<&Template>, fields: &StringRecord) -> Option<String> {
    template.and_then(|template| template.text(fields))
}
