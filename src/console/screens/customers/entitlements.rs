//! What the selected customer bought or was granted, by keys: another one, or the end of one. What it costs and comes to
//! is told while it is filled in, by the rule that decides it.

use chrono::NaiveDate;

use super::view::today;
use crate::calendar::Length;
use crate::console::edit::Edit;
use crate::console::forms::{Choice, Field, Form};
use crate::console::model::Model;
use crate::incident::entitled::one_in_words;
use crate::incident::{
    Command, CustomerId, Entitlement, EntitlementEnd, EntitlementId, NewEntitlement, decide_ending,
    decide_entitlement, price_of_the_day, read_paid,
};
use crate::policy::{Cover, EntitlementKind, Money, Policy};
use crate::store::CallerCard;
use crate::when;

/// What a customer may have: every kind, in the order in which the check at intake takes them.
const KINDS: [EntitlementKind; 5] = [
    EntitlementKind::Contract,
    EntitlementKind::PerIncident,
    EntitlementKind::Pack,
    EntitlementKind::Hours,
    EntitlementKind::Emergency,
];

/// What is written for a last day that never comes.
const NEVER: &str = "never";

/// Why nothing can be added to what the selected customer has.
pub(super) fn why_no_addition(card: &CallerCard) -> Option<String> {
    let policy = &card.ruling.policy;
    let nothing = kinds(policy).is_empty();
    nothing.then(|| {
        format!(
            "policy {} is free of charge: there is nothing to buy",
            policy.name
        )
    })
}

/// Why none of what the selected customer has can be ended.
pub(super) fn why_no_end(model: &Model) -> Option<String> {
    let card = model.customers.card()?;
    let none = lasting(card, today(card, model)).next().is_none();
    none.then(|| "it has nothing that lasts beyond today: + adds what it bought".to_owned())
}

/// Something that the selected customer bought or was granted: a whole one of it, at the price of the day, unless the
/// agent says otherwise. What was paid is asked only where the policy names no price, and by what it was paid wherever
/// money was taken.
pub fn add(model: &Model) -> Option<Edit> {
    let card = model.customers.card()?;
    let (customer, ruling) = (card.customer.id, card.ruling.clone());
    let cover = ruling.policy.cover.as_ref()?;
    let choices: Vec<Choice> = kinds(&ruling.policy)
        .into_iter()
        .map(|kind| Choice::new(kind.word(), kind.word(), price_in_words(kind, cover)))
        .collect();
    let only = match choices.as_slice() {
        [] => return None,
        [only] => only.value.clone(),
        _ => String::new(),
    };
    let is = |kinds: &'static [EntitlementKind]| {
        move |form: &Form| kinds.iter().any(|kind| form.value("kind") == kind.word())
    };
    let today = today(card, model);
    let pack = cover.pack.as_ref();
    let whole_pack = pack.map(|pack| format!(" {}: {} for a whole one.", pack.title, pack.size));
    let lasts = is(&[EntitlementKind::Contract, EntitlementKind::Emergency]);
    let many = |name: &'static str, usual: u32| {
        Field::text(name, "Incidents")
            .required()
            .holding(&usual.to_string())
            .replaced()
            .check(move |form| whole(&form.value(name)).err())
    };
    let (told, paying, priced) = (ruling.clone(), ruling.clone(), ruling.clone());
    let bought_by = move |form: &Form| bought(form, customer, today).ok();
    let mut fields = vec![
        Field::pick("kind", "What", choices)
            .required()
            .holding(&only),
        many("count", 1)
            .help("How many.")
            .when(is(&[EntitlementKind::PerIncident])),
        many("size", pack.map_or(1, |pack| pack.size))
            .help(format!("How many.{}", whole_pack.unwrap_or_default()))
            .when(is(&[EntitlementKind::Pack])),
        Field::text("time", "Time")
            .required()
            .help("Prepaid time, such as 4h or 2h 30m.")
            .check(|form| time(&form.value("time")).err())
            .when(is(&[EntitlementKind::Hours])),
        day("from", "First day", today).help("Empty: it counts from the beginning."),
        Field::text("to", "Last day")
            .required_when(lasts)
            .check(move |form| a_last_day(form, today).err())
            .reading(move |form| a_last_day(form, today).ok()?.map(in_full))
            .help("Included, such as 2026-12-31 or 31.12.; never, if it has no end."),
        Field::text("price", "Was paid")
            .help("The policy names no price for that: what was paid for it, such as 180.00.")
            .check({
                let ruling = ruling.clone();
                move |form| paid(form, &ruling.policy).err()
            })
            .check({
                let ruling = ruling.clone();
                move |form| {
                    let new = filled(form, customer, &ruling.policy, today).ok()?;
                    wrong_price(&new, &ruling.policy)
                }
            })
            .when(move |form| {
                let new = bought_by(form);
                new.is_some_and(|new| price_of_the_day(&new, &priced.policy).is_none())
            }),
    ];
    let methods = cover.methods.iter();
    let methods: Vec<Choice> = methods
        .map(|method| Choice::new(method, method, ""))
        .collect();
    if !methods.is_empty() {
        let usual = match methods.as_slice() {
            [only] => only.value.clone(),
            _ => String::new(),
        };
        fields.push(
            Field::pick("method", "Paid by", methods)
                .holding(&usual)
                .required_when(move |form| takes_money(form, customer, &paying.policy, today)),
        );
    }
    fields.push(Field::text("reference", "Reference").help("The order or payment it came by."));
    let title = format!("What {} bought", card.customer.name);
    let edit = Edit::new(title, Form::new(fields), "it is added", move |form| {
        let new = filled(form, customer, &ruling.policy, today)?;
        decide_entitlement(&new, &ruling.policy).map_err(|refusal| refusal.message)?;
        Ok(vec![Command::AddEntitlement(new)])
    });
    let edit = edit.telling(move |form| comes_to(form, customer, &told.policy, today));
    Some(edit.confirmed())
}

/// Whether money is taken for what is filled in.
fn takes_money(form: &Form, customer: CustomerId, policy: &Policy, today: NaiveDate) -> bool {
    let new = filled(form, customer, policy, today).ok();
    let granted = new.and_then(|new| decide_entitlement(&new, policy).ok());
    let price = granted.and_then(|granted| granted.price);
    price.is_some_and(|price| price.minor > 0)
}

/// What is wrong with what was paid, or with its not being said: it is refused, and would not be with another price.
fn wrong_price(new: &NewEntitlement, policy: &Policy) -> Option<String> {
    let refusal = decide_entitlement(new, policy).err()?;
    let price = policy.cover.as_ref()?.pack.as_ref().map(|pack| Money {
        minor: 1,
        ..pack.price
    });
    let otherwise = NewEntitlement {
        price: price.filter(|_| new.price.is_none()),
        ..new.clone()
    };
    let is_the_price = decide_entitlement(&otherwise, policy).is_ok();
    is_the_price.then_some(refusal.message)
}

/// One of what the selected customer has ends.
pub fn end(model: &Model) -> Option<Edit> {
    let card = model.customers.card()?;
    let ruling = card.ruling.clone();
    let today = today(card, model);
    let owned: Vec<Entitlement> = lasting(card, today).cloned().collect();
    let choices: Vec<Choice> = owned
        .iter()
        .map(|owned| {
            let id = owned.id.0.to_string();
            let about = format!("number {id}");
            Choice::new(id, one_in_words(&ruling.policy, owned), about)
        })
        .collect();
    let first = choices.first()?.value.clone();
    let names = choices.clone();
    let prices: Vec<_> = owned.iter().map(|one| (one.id, one.price)).collect();
    let form = Form::new(vec![
        Field::pick("which", "Which", choices)
            .required()
            .holding(&first),
        day("on", "Last day", today)
            .required()
            .holding(&today.to_string())
            .replaced()
            .when(|form| !form.is_on("refund")),
        Field::area("reason", "Reason", 2).required(),
        Field::toggle("refund", "Refund")
            .holding("no")
            .help("y or n: what was paid is given back, where nothing of it is used or reserved."),
    ]);
    let title = format!("What {} has ends", card.customer.name);
    let edit = Edit::new(title, form, "it ends then", move |form| {
        let id = form.value("which").parse().map(EntitlementId);
        let id = id.map_err(|_| "pick what is to end".to_owned())?;
        let refund = form.is_on("refund");
        let on = a_day(&form.value("on"), today)?.filter(|_| !refund);
        let end = EntitlementEnd {
            day: on.unwrap_or(today),
            reason: form.value("reason"),
            refund,
        };
        if let Some(owned) = owned.iter().find(|owned| owned.id == id) {
            decide_ending(owned, &end).map_err(|refusal| refusal.message)?;
        }
        Ok(vec![Command::EndEntitlement(id, end)])
    });
    let edit = edit.telling(move |form| {
        let picked = form.value("which");
        let ends = names.iter().find(|choice| choice.value == picked);
        if form.is_on("refund") {
            let paid = prices.iter().find(|(id, _)| id.0.to_string() == picked);
            let paid = paid.and_then(|(_, price)| *price);
            return ends.zip(paid).map_or_else(String::new, |(ends, paid)| {
                format!("Gives back {paid}, and ends today: {}.", ends.label)
            });
        }
        match (ends, a_day(&form.value("on"), today)) {
            (Some(ends), Ok(Some(day))) => {
                format!("Ends: {}, with {}.", ends.label, day.format("%a %-d %b %Y"))
            }
            _ => String::new(),
        }
    });
    let edit = edit.confirmed();
    Some(edit.saying("What it paid for before stays paid. Money is given back only by a refund."))
}

/// What lasts beyond `day`: what can still be used then first.
fn lasting(card: &CallerCard, day: NaiveDate) -> impl Iterator<Item = &Entitlement> {
    let lasting = |owned: &&Entitlement| owned.to.is_none_or(|to| to > day);
    let (usable, spent): (Vec<_>, Vec<_>) = card
        .entitlements
        .iter()
        .filter(lasting)
        .partition(|owned| owned.covers(day) && owned.remaining() != Some(0));
    usable.into_iter().chain(spent)
}

fn kinds(policy: &Policy) -> Vec<EntitlementKind> {
    let counts = policy.cover.as_ref().map_or(&[][..], |cover| &cover.kinds);
    KINDS
        .into_iter()
        .filter(|kind| counts.contains(kind))
        .collect()
}

fn price_in_words(kind: EntitlementKind, cover: &Cover) -> String {
    let words = match kind {
        EntitlementKind::Contract => Some("from its first to its last day".to_owned()),
        EntitlementKind::Emergency => Some("a contract for emergency service".to_owned()),
        EntitlementKind::PerIncident => cover.price.map(|price| format!("{price} an incident")),
        EntitlementKind::Pack => cover
            .pack
            .as_ref()
            .map(|pack| format!("{}: {} for {}", pack.title, pack.size, pack.price)),
        EntitlementKind::Hours => cover
            .hours
            .as_ref()
            .map(|hours| format!("{} an hour", hours.rate)),
    };
    words.unwrap_or_default()
}

/// What it would cost and come to, or why it cannot be had so; nothing while something is missing.
fn comes_to(form: &Form, customer: CustomerId, policy: &Policy, day: NaiveDate) -> String {
    let new = match filled(form, customer, policy, day) {
        Ok(new) if form.is_right() => new,
        _ => return String::new(),
    };
    match decide_entitlement(&new, policy) {
        Err(refusal) => refusal.message,
        Ok(granted) => {
            let owned = Entitlement {
                id: EntitlementId(0),
                kind: new.kind,
                from: new.from,
                to: new.to,
                granted: granted.amount,
                taken: 0,
                added_at: day.and_time(chrono::NaiveTime::MIN).and_utc(),
                price: granted.price,
                reference: None,
            };
            let by = new.method.map(|method| format!(" by {method}"));
            let by = by.unwrap_or_default();
            let price = granted.price.map(|price| format!(", for {price}{by}"));
            let over = new.to.filter(|to| *to < day);
            let over = over.map(|_| "; it is over: it pays for nothing from today on");
            let later = new.from.filter(|from| *from > day);
            let later = later.map_or_else(String::new, |from| {
                format!("; it pays for nothing before {}", from.format("%-d %b %Y"))
            });
            format!(
                "Adds: {}{}{}{later}",
                one_in_words(policy, &owned),
                price.unwrap_or_default(),
                over.unwrap_or_default()
            )
        }
    }
}

fn filled(
    form: &Form,
    customer: CustomerId,
    policy: &Policy,
    today: NaiveDate,
) -> Result<NewEntitlement, String> {
    Ok(NewEntitlement {
        price: paid(form, policy)?,
        ..bought(form, customer, today)?
    })
}

/// What is filled in, but for what was paid.
fn bought(form: &Form, customer: CustomerId, today: NaiveDate) -> Result<NewEntitlement, String> {
    let some = |name: &str| Some(form.value(name)).filter(|text| !text.trim().is_empty());
    let word = form.value("kind");
    let kind = KINDS.into_iter().find(|kind| kind.word() == word);
    // Of the two fields only the one of its kind holds something.
    let count = form.value("count") + &form.value("size");
    Ok(NewEntitlement {
        customer,
        kind: kind.ok_or("pick what was bought")?,
        from: a_day(&form.value("from"), today)?,
        to: a_last_day(form, today)?,
        count: whole(&count)?,
        seconds: time(&form.value("time"))?,
        method: some("method"),
        reference: some("reference"),
        price: None,
    })
}

/// A field for a day.
fn day(name: &'static str, label: &str, today: NaiveDate) -> Field {
    Field::text(name, label)
        .help("Such as 2026-12-31, 31.12., mon, tomorrow.")
        .check(move |form| a_day(&form.value(name), today).err())
        .reading(move |form| a_day(&form.value(name), today).ok()?.map(in_full))
}

/// A day as it was understood.
fn in_full(day: NaiveDate) -> String {
    day.format("%a %-d %b %Y").to_string()
}

fn a_day(text: &str, today: NaiveDate) -> Result<Option<NaiveDate>, String> {
    match text.trim() {
        "" => Ok(None),
        text => when::day(text, today, true)
            .map(Some)
            .map_err(|error| error.to_string()),
    }
}

/// The last day, not before the first; nothing where it never comes.
fn a_last_day(form: &Form, today: NaiveDate) -> Result<Option<NaiveDate>, String> {
    let typed = form.value("to");
    if typed.trim() == NEVER {
        return Ok(None);
    }
    let (from, to) = (a_day(&form.value("from"), today), a_day(&typed, today)?);
    match (from.ok().flatten(), to) {
        (Some(from), Some(to)) if to < from => Err(format!(
            "the last day, {to}, is before the first, {from}: give a later one"
        )),
        _ => Ok(to),
    }
}

fn whole(text: &str) -> Result<Option<u32>, String> {
    let count = |text: &str| text.parse().ok().filter(|count| *count > 0);
    read(text, count, "is no number of incidents: write it like 10")
}

fn time(text: &str) -> Result<Option<i64>, String> {
    let seconds = |text: &str| text.parse().ok().map(Length::nominal_seconds);
    read(text, seconds, "is no length: write it like 4h or 2h 30m")
}

fn paid(form: &Form, policy: &Policy) -> Result<Option<crate::policy::Money>, String> {
    match form.value("price").trim() {
        "" => Ok(None),
        text => read_paid(text, policy)
            .map(Some)
            .map_err(|refusal| refusal.message),
    }
}

/// What was typed, where something was.
fn read<T>(
    text: &str,
    parse: impl Fn(&str) -> Option<T>,
    wrong: &str,
) -> Result<Option<T>, String> {
    match text.trim() {
        "" => Ok(None),
        text => parse(text)
            .map(Some)
            .ok_or_else(|| format!("\"{text}\" {wrong}")),
    }
}
