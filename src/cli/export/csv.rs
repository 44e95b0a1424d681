//! The tables of an export.

use std::fs;
use std::path::Path;

use chrono::{DateTime, SecondsFormat, Utc};

use super::{each_incident, failed};
use crate::cli::list::csv_failure;
use crate::cli::{Failure, Session};
use crate::import::{CUSTOMER_COLUMNS, cell};
use crate::incident::{Contact, Customer, describe};
use crate::store::Desk;

type Writer = csv::Writer<fs::File>;

/// Writes the tables into a folder; how many incidents there are.
pub(super) fn write(desk: &Desk, session: &Session, folder: &Path) -> Result<u32, Failure> {
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let open = |name: &str, headings: &[&str]| -> Result<Writer, Failure> {
        let path = folder.join(name);
        let file = fs::File::create(&path).map_err(|error| failed(&path, error))?;
        let mut writer = csv::Writer::from_writer(file);
        writer.write_record(headings).map_err(csv_failure)?;
        Ok(writer)
    };
    let mut agents = open("agents.csv", &["name"])?;
    for name in desk.agents()? {
        line(&mut agents, [name])?;
    }
    let mut customers = open("customers.csv", &CUSTOMER_COLUMNS)?;
    let mut entitlements = open(
        "entitlements.csv",
        &[
            "id",
            "customer",
            "kind",
            "from",
            "to",
            "granted",
            "remaining",
            "price",
            "currency",
            "reference",
            "added_at",
        ],
    )?;
    for customer in desk.customers()? {
        // What was erased is nobody that another desk could make.
        if !customer.is_erased() {
            people(&mut customers, &customer)?;
        }
        for owned in desk.entitlements(customer.id)? {
            let day =
                |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
            let counted =
                |count: Option<i64>| count.map(|count| count.to_string()).unwrap_or_default();
            line(
                &mut entitlements,
                [
                    owned.id.0.to_string(),
                    customer.code.clone(),
                    owned.kind.word().to_owned(),
                    day(owned.from),
                    day(owned.to),
                    counted(owned.remaining().map(|_| owned.granted)),
                    counted(owned.remaining()),
                    owned.price.map(|price| price.amount()).unwrap_or_default(),
                    owned
                        .price
                        .map(|price| price.currency.to_string())
                        .unwrap_or_default(),
                    owned.reference.clone().unwrap_or_default(),
                    instant(owned.added_at),
                ],
            )?;
        }
    }
    let mut incidents = open(
        "incidents.csv",
        &[
            "tech_ref",
            "external_id",
            "customer",
            "state",
            "policy",
            "severity",
            "product",
            "assignee",
            "channel",
            "opened_at",
            "first_response_at",
            "resolved_at",
            "outcome",
            "cause",
            "resolution",
            "escalation_level",
            "reopened",
            "call_seconds",
            "summary",
            "detail",
        ],
    )?;
    let mut timeline = open(
        "timeline.csv",
        &["tech_ref", "at", "recorded_at", "agent", "kind", "text"],
    )?;
    let counted = each_incident(desk, |number| {
        let (incident, customer) = desk.incident(number, session.now())?;
        let text = Option::unwrap_or_default;
        let ended = incident.resolution.as_ref();
        line(
            &mut incidents,
            [
                number.to_string(),
                text(incident.external_id),
                customer.code,
                incident.state.word().to_owned(),
                incident.policy,
                text(incident.severity.agreed),
                text(incident.product),
                text(incident.assignee),
                incident.channel.word().to_owned(),
                instant(incident.opened_at),
                incident.first_response_at.map(instant).unwrap_or_default(),
                ended.map(|ended| instant(ended.at)).unwrap_or_default(),
                ended.map(|ended| ended.outcome.clone()).unwrap_or_default(),
                text(ended.and_then(|ended| ended.cause.clone())),
                text(ended.and_then(|ended| ended.detail.clone())),
                incident
                    .escalations
                    .iter()
                    .map(|made| made.level)
                    .max()
                    .unwrap_or(0)
                    .to_string(),
                incident.reopened.to_string(),
                incident.call_seconds.to_string(),
                incident.summary,
                text(incident.detail),
            ],
        )?;
        for entry in desk.timeline(number)? {
            let kind = crate::cli::view::kind(&entry)?;
            let said = describe(&entry.event);
            line(
                &mut timeline,
                [
                    number.to_string(),
                    instant(entry.at),
                    instant(entry.recorded_at),
                    entry.agent,
                    kind,
                    said,
                ],
            )?;
        }
        Ok(())
    })?;
    for mut writer in [agents, customers, entitlements, incidents, timeline] {
        writer.flush()?;
    }
    Ok(counted)
}

/// A line for each of a customer's people, or one without any.
fn people(writer: &mut Writer, customer: &Customer) -> Result<(), Failure> {
    let nobody = [Contact::default()];
    let people = match customer.contacts.as_slice() {
        [] => &nobody,
        people => people,
    };
    for person in people {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        line(
            writer,
            [
                customer.code.clone(),
                customer.name.clone(),
                text(&customer.policy),
                text(&customer.office),
                text(&customer.account_manager),
                person.name.clone(),
                text(&person.role),
                person.phones.join("; "),
                person.mails.join("; "),
                text(&person.zone),
                person.awaiting.join("; "),
            ],
        )?;
    }
    Ok(())
}

fn line<const N: usize>(writer: &mut Writer, cells: [String; N]) -> Result<(), Failure> {
    writer.write_record(cells.map(cell)).map_err(csv_failure)
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
