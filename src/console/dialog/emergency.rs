//! Emergency service that is asked for later: its gate (P4-05 to P4-07).

use super::sheet::{Seen, Sheet, named, plain, value_of};
use crate::console::forms::{Field, Form};
use crate::console::gate;
use crate::incident::{Step, emergency_asked_in_words};
use crate::policy::{Channel, Moment};

pub(super) fn sheet(seen: &Seen<'_>) -> (Sheet, Form) {
    let incident = &seen.dossier.incident;
    let channels = seen.policy().channels.iter();
    let channels = channels.map(|channel| named(channel.word(), ""));
    let usual = if seen.model.call.is_some() {
        Channel::Phone
    } else {
        incident.channel
    };
    let mut fields = vec![
        Field::pick("by", "Asked for by", channels.collect())
            .required()
            .holding(usual.word()),
    ];
    let by = |form: &Form| value_of(&form.value("by")).unwrap_or(Channel::Other);
    let gate = seen.policy().intake.emergency.iter();
    fields.extend(gate.flat_map(|gate| gate::fields(gate, |_| true, by)));
    let mut form = Form::new(fields);
    form.focus_on("tried");
    let sheet = Sheet::new("Emergency service", |form, _| {
        Ok(Step::Emergency {
            by: value_of(&form.value("by"))?,
            call: gate::read(form)?,
        })
    });
    let sheet = sheet.saying(|seen, _, _| {
        let office = seen.dossier.incident.office.as_deref();
        emergency_asked_in_words(seen.policy(), office)
            .into_iter()
            .map(plain)
            .collect()
    });
    (sheet.at(seen.policy(), Moment::Intake), form)
}
