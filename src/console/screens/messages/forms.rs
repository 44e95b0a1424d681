//! What is done with the selected message or mail: sent, written to a file, taken in, dismissed.

use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use crate::console::actions::means_incident;
use crate::console::addresses;
use crate::console::edit::Edit;
use crate::console::forms::{Choice, Field, Form};
use crate::console::model::Model;
use crate::console::paper;
use crate::console::request::{Outgoing, Request, Tag};
use crate::console::whose::{CUSTOMER, Whose};
use crate::incident::{
    Attached, Command, Customer, CustomerId, MailTarget, RegisterMail, TechRef, sendable,
};
use crate::mail::{self, Carrier};
use crate::store::{Ruling, SUPPORT};

/// Hands the selected message over, or all that wait.
pub fn send(model: &Model) -> Option<Edit> {
    let message = model.messages.selected()?;
    let id = message.id;
    let queued = model.desk.as_ref().map_or(0, |desk| desk.mail.queued);
    let mut which = vec![Choice::new(
        "one",
        id.to_string(),
        format!("to {}", message.wording.to),
    )];
    if queued > 1 {
        which.push(Choice::new(
            "all",
            "all that wait",
            format!("{queued} of them"),
        ));
    }
    // Before anything is filled in for what nobody would get.
    let refused = sendable(id, message.state, &message.wording).err();
    let refused = refused.map(|refusal| refusal.message);
    let set_up = model.post.carrier.clone();
    let mut ways = vec![Choice::new(
        "folder",
        "folder",
        "as one .eml file a message",
    )];
    if let Some(carrier) = &set_up {
        let about = match carrier {
            Carrier::Program(words) => words.join(" "),
            other => other.name(),
        };
        ways.insert(0, Choice::new(carrier.kind(), carrier.kind(), about));
    }
    let first = set_up.as_ref().map_or("folder", Carrier::kind);
    let form = Form::new(vec![
        Field::pick("which", "Which", which)
            .required()
            .holding("one")
            .check(move |form| refused.clone().filter(|_| form.value("which") == "one"))
            .judged_at_once(),
        Field::pick("way", "By", ways)
            .required()
            .holding(first)
            .help("A mail server or a program is named under [mail] in config.toml."),
        Field::text("folder", "Folder")
            .required()
            .holding("outgoing")
            .help("Something else delivers what lies there.")
            .when(|form| form.value("way") == "folder"),
        from(model),
    ]);
    let edit = Edit::asking("Send", form, move |form| {
        let carrier = match (&set_up, form.value("way").as_str()) {
            (Some(carrier), way) if way == carrier.kind() => carrier.clone(),
            _ => Carrier::Folder(PathBuf::from(form.value("folder").trim())),
        };
        Ok(Some(Request::Send {
            which: match form.value("which").as_str() {
                "all" => Outgoing::AllQueued,
                _ => Outgoing::One(id),
            },
            from: given(form, "from"),
            carrier,
        }))
    });
    Some(edit.saying(
        "What cannot be handed over is kept as failed, with the reason, and may be sent again.",
    ))
}

/// Writes the selected message, or the files that came with the mail of what is meant.
pub fn write(model: &Model) -> Option<Edit> {
    let own = model.messages.mail().filter(|_| model.is_on_mail());
    let all: Vec<Attached> = match (own, model.current()) {
        (Some(waiting), _) => waiting.mail.arrival.files.clone(),
        (None, Some(dossier)) if means_incident(model) => {
            let files = mail::came_with(&dossier.timeline);
            files.map(|(_, file)| file.clone()).collect()
        }
        _ => return eml(model),
    };
    let named = |(n, file): (usize, &Attached)| {
        Choice::new(n.to_string(), file.name.clone(), file.to_string())
    };
    let mut which: Vec<Choice> = all.iter().enumerate().map(named).collect();
    if all.len() > 1 {
        let about = format!("{} files", all.len());
        which.insert(0, Choice::new("all", "all of them", about));
    }
    let first = if all.len() > 1 { "all" } else { "0" };
    let form = Form::new(vec![
        Field::pick("which", "Which", which).required().holding(first),
        Field::text("folder", "Folder")
            .required()
            .holding("received")
            .help("From the folder that the console was started in; a file that is there stays as it is."),
    ]);
    let edit = Edit::asking("Write files", form, move |form| {
        let one = form
            .value("which")
            .parse()
            .ok()
            .and_then(|n: usize| all.get(n));
        Ok(Some(Request::WriteFiles {
            files: one.map_or_else(|| all.clone(), |file| vec![file.clone()]),
            folder: PathBuf::from(form.value("folder").trim()),
        }))
    });
    Some(edit.saying("They came with mail: open what you would open of a stranger's."))
}

/// Writes the selected message as mail programs read it, without sending it.
fn eml(model: &Model) -> Option<Edit> {
    let id = model.messages.selected()?.id;
    let name = format!("{}-{}.eml", id.tech_ref, id.n);
    let form = Form::new(vec![paper::path(&name), from(model)]);
    let edit = Edit::asking("Write to a file", form, move |form| {
        Ok(Some(Request::WriteMessage {
            id,
            path: PathBuf::from(form.value("path").trim()),
            from: given(form, "from"),
        }))
    });
    Some(edit.saying("It is not sent by that."))
}

/// The shop's own address. It may stay empty where every policy that it could be for names one.
fn from(model: &Model) -> Field {
    let about = model.current().map(|dossier| &dossier.incident.policy);
    let rulings = model.desk.iter().flat_map(|desk| &desk.rulings);
    let names = |ruling: &&Arc<Ruling>| ruling.policy.roles.contains_key(SUPPORT);
    let every = rulings.clone().all(|ruling| names(&ruling));
    let mut its = rulings.filter(|ruling| Some(&ruling.policy.name) == about);
    let its = its.any(|ruling| names(&ruling));
    addresses::field("from", "From")
        .holding(model.post.from.as_deref().unwrap_or_default())
        .help("The address that customers answer to; that of the policy's role support, if empty.")
        .check(move |form| {
            let empty = form.value("from").trim().is_empty();
            let named = every || its && form.value("which") != "all";
            (empty && !named).then(|| {
                "The policy names no address of the shop's own: give the one that customers answer to.".to_owned()
            })
        })
        .check(|form| {
            let several = addresses::parts(&form.value("from")).len() > 1;
            several.then(|| "A message comes from one address: give one.".to_owned())
        })
}

/// Decides about the selected mail: whose it is and where it belongs, or that it leads to nothing.
pub fn decide(model: &Model) -> Option<Edit> {
    let mail = &model.messages.mail()?.mail;
    let id = mail.id;
    let takes = |form: &Form| form.value("what") == "take in";
    let opens = move |form: &Form| takes(form) && form.value("target") == "new";
    let other = move |form: &Form| takes(form) && form.value("target") == "other";
    let named = |value: &str, about: String| Choice::new(value, value, about);
    let mut targets = vec![
        Choice::new("new", "new incident", "it opens one"),
        Choice::new("other", "another number", "it continues that one"),
    ];
    if let Some(number) = mail.incident {
        let proposed = Choice::new("proposed", number.to_string(), "it continues that one");
        targets.insert(0, proposed);
    }
    let first = if mail.incident.is_some() {
        "proposed"
    } else {
        "new"
    };
    let rulings = || model.desk.iter().flat_map(|desk| &desk.rulings);
    let severities = rulings().flat_map(|ruling| &ruling.policy.severities);
    let severities = severities.map(|one| (one.name.as_str(), one.definition.as_str()));
    let offices = rulings().flat_map(|ruling| &ruling.policy.offices);
    let offices = offices.map(|one| (one.name.as_str(), one.title.as_str()));
    // Of whom it may be, with what the policy asks for; of anybody else that is not known here.
    let known: Rc<[Proposed]> = mail
        .customers
        .iter()
        .map(|it| Proposed::of(it, model))
        .collect();
    let asks = |what: fn(&Proposed) -> bool| {
        let known = Rc::clone(&known);
        move |form: &Form| opens(form) && meant(&known, form).is_none_or(what)
    };
    let proposed = mail.customers.iter();
    let proposed: Vec<Choice> = proposed
        .map(|one| Choice::new(&one.code, &one.name, &one.code))
        .collect();
    let whose = match proposed.as_slice() {
        [] => "A name, code, telephone or mail finds it; F3 and + add one.",
        _ => "Who it may be stands below; a name, code, telephone or mail finds another one.",
    };
    let first_customer = proposed.first().map_or("", |one| &one.value).to_owned();
    let sender = mail.arrival.sender_name.as_deref().unwrap_or_default();
    let form = Form::new(vec![
        Field::pick(
            "what",
            "What",
            vec![
                named(
                    "take in",
                    "its sender is registered, and it goes to an incident".to_owned(),
                ),
                named("dismiss", "it leads to nothing".to_owned()),
            ],
        )
        .required(),
        Whose::field("Find customer").help(whose).when(takes),
        Field::pick(CUSTOMER, "Customer", proposed.clone())
            .required()
            .holding(&first_customer)
            .when(takes),
        Field::text("person", "Who wrote it")
            .holding(sender)
            .when(takes),
        Field::text("approved", "Approved by")
            .help("Who approved the address, where the policy asks for that.")
            .when(takes),
        Field::pick("target", "Goes to", targets)
            .required()
            .holding(first)
            .when(takes),
        Field::text("number", "Number")
            .required()
            .check(|form| number(form).err())
            .when(other),
        some_of("severity", "Severity", severities).when(asks(|it| it.has_severities)),
        some_of("office", "Office", offices).when(asks(|it| it.has_offices)),
        Field::area("detail", "Details", 3)
            .help("The issue in full, where the mail does not say it.")
            .when(opens),
        Field::area("reason", "Reason", 2)
            .required()
            .help("Why it leads to nothing; the mail stays readable.")
            .when(|form| form.value("what") == "dismiss"),
    ]);
    let writer = mail.arrival.sender.clone();
    let registers = move |form: &Form| {
        if !takes(form) {
            return String::new();
        }
        let typed = form.value(CUSTOMER);
        let whose = match meant(&known, form) {
            Some(customer) => format!("{} {}", customer.code, customer.name),
            None => typed.trim().to_owned(),
        };
        match &writer {
            _ if whose.is_empty() => String::new(),
            Some(address) => format!(
                "Registers {address} for {whose}: mail from there is taken in from now on. An incident that goes on is \
                 still answered to its contact."
            ),
            None => format!("Takes it in as {whose}'s: it has no sender."),
        }
    };
    let title = format!("Mail {id}: {}", mail.arrival.subject);
    let edit = Edit::asking(title, form, move |form| {
        if !takes(form) {
            return Ok(Some(Request::Execute {
                commands: vec![Command::DismissMail(id, form.value("reason"))],
                tag: Tag::Edit(format!("{id} is dismissed")),
                if_revision: None,
                at: None,
            }));
        }
        let target = match form.value("target").as_str() {
            "proposed" => MailTarget::Proposed,
            "other" => MailTarget::Incident(number(form)?),
            _ => MailTarget::New,
        };
        Ok(Some(Request::Register {
            customer: form.value(CUSTOMER),
            register: Box::new(RegisterMail {
                mail: id,
                customer: CustomerId(0),
                person: given(form, "person"),
                approved_by: given(form, "approved"),
                target,
                severity: given(form, "severity"),
                office: given(form, "office"),
                detail: given(form, "detail"),
            }),
        }))
    });
    Some(
        edit.coming_back()
            .finding(Whose::of(proposed))
            .saying("Enter on the list shows the whole mail.")
            .telling(registers)
            .confirmed(),
    )
}

/// A customer whose mail it may be.
struct Proposed {
    code: String,
    name: String,
    has_severities: bool,
    has_offices: bool,
}

impl Proposed {
    fn of(customer: &Customer, model: &Model) -> Self {
        let rulings = model.desk.iter().flat_map(|desk| &desk.rulings);
        let own = |ruling: &&Arc<Ruling>| match &customer.policy {
            Some(name) => ruling.policy.name == *name,
            None => true,
        };
        let policy = rulings.clone().find(own).map(|ruling| &ruling.policy);
        Self {
            code: customer.code.clone(),
            name: customer.name.clone(),
            has_severities: policy.is_none_or(|policy| !policy.severities.is_empty()),
            has_offices: policy.is_none_or(|policy| !policy.offices.is_empty()),
        }
    }
}

/// The one that is meant by what is typed.
fn meant<'a>(proposed: &'a [Proposed], form: &Form) -> Option<&'a Proposed> {
    let typed = form.value(CUSTOMER).trim().to_lowercase();
    let mut proposed = proposed.iter();
    proposed.find(|it| {
        [&it.code, &it.name]
            .iter()
            .any(|own| own.to_lowercase() == typed)
    })
}

/// A field that picks one of these names, each once, or none; it does not matter where there are none.
fn some_of<'a>(name: &str, label: &str, known: impl Iterator<Item = (&'a str, &'a str)>) -> Field {
    let mut choices: Vec<Choice> = Vec::new();
    for (value, title) in known {
        if choices.iter().all(|choice| choice.value != value) {
            choices.push(Choice::new(value, value, title));
        }
    }
    Field::pick(name, label, choices).help("Where the customer's policy has some.")
}

fn number(form: &Form) -> Result<TechRef, String> {
    let typed = form.value("number");
    typed
        .parse()
        .map_err(|error: crate::incident::NumberError| error.to_string())
}

fn given(form: &Form, name: &str) -> Option<String> {
    Some(form.value(name)).filter(|text| !text.trim().is_empty())
}
