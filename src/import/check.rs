//! Whether a map says all that its policy asks for.

use super::clock::At;
use super::incidents::IncidentMap;
use super::map::{Activity, Map, Opens};
use crate::policy::nearest::remedy;
use crate::policy::{Policy, Without};

/// Something that is wrong in a map, by the key's path.
pub(super) struct Fault {
    pub(super) path: String,
    pub(super) problem: String,
    pub(super) remedy: String,
}

/// Everything that is wrong in `map` for incidents under `policy`.
pub(super) fn check(map: &Map, policy: &Policy) -> Vec<Fault> {
    let mut faults = Faults(Vec::new());
    delimiter(map.delimiter, &mut faults);
    time("at", &map.at, &mut faults);
    opening(&map.opens, policy, &mut faults);
    for (name, activity) in &map.activities {
        does(&format!("activities.{name}"), activity, policy, &mut faults);
    }
    faults.0
}

/// As [`check`], for a map of incidents.
pub(super) fn check_incidents(map: &IncidentMap, policy: &Policy) -> Vec<Fault> {
    let mut faults = Faults(Vec::new());
    delimiter(map.delimiter, &mut faults);
    time("opened", &map.opened, &mut faults);
    opening(&map.opens, policy, &mut faults);
    for (n, then) in map.then.iter().enumerate() {
        does(&format!("then.{n}.does"), &then.does, policy, &mut faults);
    }
    faults.0
}

fn delimiter(told: Option<char>, faults: &mut Faults) {
    if told.is_some_and(|told| !told.is_ascii()) {
        faults.add(
            "delimiter",
            "only an ASCII character can part columns",
            "write , or ;",
        );
    }
}

fn time(path: &str, at: &At, faults: &mut Faults) {
    match at.clock() {
        Err(problem) => faults.add(path, &problem, "correct format or zone"),
        Ok(clock) if clock.needs_zone() => faults.add(
            &format!("{path}.zone"),
            "\"zone\" is missing, and the format has no offset",
            "add zone = \"Europe/Rome\" or whatever the file was written in, or give --zone",
        ),
        Ok(_) => {}
    }
}

fn opening(opens: &Opens, policy: &Policy, faults: &mut Faults) {
    let name = &policy.name;
    let offices = policy.offices.iter().map(|office| office.name.as_str());
    match &opens.office {
        None if !policy.offices.is_empty() => {
            let choice = offices.collect::<Vec<_>>().join(", ");
            faults.add(
                "opens.office",
                &format!("policy {name} has offices"),
                &format!("add office = …, or give --office, one of {choice}"),
            );
        }
        Some(office) if !policy.offices.is_empty() && policy.office(office).is_none() => {
            let problem = format!("policy {name} has no office \"{office}\"");
            faults.add("opens.office", &problem, &remedy(office, offices));
        }
        _ => {}
    }
    if policy.intake.detail_required && opens.detail.is_none() {
        let problem = format!("policy {name} asks for a description");
        faults.add("opens.detail", &problem, "add detail = …");
    }
    if policy.intake.acceptance && !opens.accept {
        let problem = format!("policy {name} accepts incidents before any work");
        faults.add("opens.accept", &problem, "add accept = true");
    }
    let awaits = policy.cover.as_ref().map(|cover| cover.without) == Some(Without::AwaitPayment);
    if awaits && opens.waive.is_none() {
        let problem = format!("policy {name} awaits payment before any work");
        faults.add(
            "opens.waive",
            &problem,
            "add waive = \"why nothing is charged\"",
        );
    }
    if policy.severities.is_empty() {
        return;
    }
    let Some(severity) = &opens.severity else {
        let problem = format!("policy {name} has severities");
        faults.add("opens.severity", &problem, "add [opens.severity]");
        return;
    };
    let values = severity.values.iter();
    let named = values
        .map(|(value, severity)| (format!("opens.severity.values.{value}"), severity))
        .chain(
            severity
                .otherwise
                .iter()
                .map(|severity| ("opens.severity.otherwise".to_owned(), severity)),
        );
    for (path, named) in named {
        if named.iter().all(|name| policy.severity(name).is_none()) {
            let severity = named.iter().next().unwrap_or_default();
            let known = policy.severities.iter().map(|known| known.name.as_str());
            let problem = format!("policy {name} has no severity \"{severity}\"");
            faults.add(&path, &problem, &remedy(severity, known));
        }
    }
}

fn does(path: &str, activity: &Activity, policy: &Policy, faults: &mut Faults) {
    let anything = activity.contact.is_some()
        || activity.assign
        || activity.respond.is_some()
        || activity.note.is_some()
        || activity.resolve.is_some()
        || activity.close.is_some();
    if activity.ignore == anything {
        faults.add(
            path,
            if anything { "it is ignored and does something" } else { "it does nothing" },
            "say what it does (contact, assign, respond, note, resolve, close), or ignore = true alone",
        );
    }
    if activity.resolve.is_some() && activity.close.is_some() {
        faults.add(path, "it both resolves and closes", "leave one out");
    }
    let name = &policy.name;
    if let Some(resolve) = &activity.resolve
        && !resolve
            .outcome
            .iter()
            .any(|outcome| chosen(policy, outcome))
    {
        let known = policy.chosen_outcomes().map(|known| known.name.as_str());
        let known = known.collect::<Vec<_>>().join(", ");
        faults.add(
            &format!("{path}.resolve.outcome"),
            &format!("policy {name} has none of these outcomes"),
            &format!("add one of {known}"),
        );
    }
    if let Some(respond) = &activity.respond
        && policy.estimate_required
        && respond.no_estimate.is_none()
    {
        faults.add(
            &format!("{path}.respond.no_estimate"),
            &format!("policy {name} wants an estimate with a response"),
            "add no_estimate = \"why there is none\"",
        );
    }
}

/// Whether an agent may choose this outcome.
pub(super) fn chosen(policy: &Policy, outcome: &str) -> bool {
    policy.chosen_outcomes().any(|known| known.name == outcome)
}

struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, path: &str, problem: &str, remedy: &str) {
        self.0.push(Fault {
            path: path.to_owned(),
            problem: problem.to_owned(),
            remedy: remedy.to_owned(),
        });
    }
}
