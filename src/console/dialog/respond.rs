//! What the customer is told or asked.

use super::promise;
use super::sheet::{Seen, Sheet, given, named, plain, value_of, word};
use crate::console::agreed;
use crate::console::forms::{Field, Form};
use crate::console::instants;
use crate::incident::{Estimate, Respond, State, Step, usual_channel};
use crate::policy::{Channel, Moment};

pub(super) fn respond(seen: &Seen<'_>) -> (Sheet, Form) {
    let incident = &seen.dossier.incident;
    let covered = seen.policy().channels.iter().copied();
    let channels: Vec<Channel> = covered
        .filter(|channel| *channel != Channel::Other)
        .chain([Channel::Other])
        .collect();
    let usual = usual_channel(
        incident,
        &seen.dossier.timeline,
        seen.policy(),
        seen.model.call.is_some(),
    );
    let choices = channels
        .iter()
        .map(|channel| named(&word(channel), ""))
        .collect();
    let promised = seen.policy().estimate_required && incident.state != State::Resolved;
    let mut fields = vec![
        Field::pick("by", "By", choices)
            .required()
            .holding(&word(&usual)),
        agreed::field(seen.policy(), |form| value_of(&form.value("by")).ok()),
        Field::area("text", "Response", 4)
            .required()
            .help("What the customer is told. Ctrl-J breaks the line."),
    ];
    if promised {
        fields.extend(promise::either(seen));
    }
    fields
        .push(Field::text("manual", "Manual page").help("The page that answers it, if one does."));
    let mut form = Form::new(fields);
    form.focus_on("text");
    let zone = seen.model.zone;
    let sheet = Sheet::new("Respond", move |form, now| {
        let estimate = match (given(form, "until"), given(form, "because")) {
            (Some(until), _) => Some(Estimate::By(instants::instant(&until, now, zone)?)),
            (None, Some(because)) => Some(Estimate::No(because)),
            (None, None) => None,
        };
        Ok(Step::Respond(Respond {
            by: value_of(&form.value("by"))?,
            channel_reason: given(form, agreed::REASON),
            text: given(form, "text"),
            estimate,
            manual_page: given(form, "manual"),
        }))
    });
    (sheet.at(seen.policy(), Moment::Response), form)
}

pub(super) fn wait(seen: &Seen<'_>) -> (Sheet, Form) {
    let form = Form::new(vec![
        Field::area("question", "Question", 4)
            .required()
            .help("What the customer is asked. Ctrl-J breaks the line."),
    ]);
    let sheet = Sheet::new("Wait for the customer", |form, _| {
        Ok(Step::Wait {
            text: form.value("question"),
        })
    });
    let sheet = sheet.saying(|seen, _, _| match seen.policy().silence {
        Some(_) => Vec::new(),
        None => vec![plain(
            "It waits until the customer replies, or you resume it (w).",
        )],
    });
    (sheet.at(seen.policy(), Moment::Response), form)
}
