//! Which product an incident is about, wherever it is asked: one that the policy names, or one that is written in.

use super::forms::{Choice, Field, Form};
use crate::policy::Policy;

/// The value of the choice that is none of those that the policy names.
const OTHER: &str = "\u{0}other";
const KNOWN: &str = "known_product";
const WRITTEN: &str = "product";

/// The fields, which hold `product` at first.
pub fn fields(policy: &Policy, product: Option<&str>) -> Vec<Field> {
    let written = |label| Field::text(WRITTEN, label);
    if policy.products.is_empty() {
        return vec![written("Product").holding(product.unwrap_or_default())];
    }
    let named = |product: &str| policy.products.iter().any(|known| known.name == product);
    let mut choices: Vec<Choice> = policy
        .products
        .iter()
        .map(|product| {
            let about = if product.expedite { "at once" } else { "" };
            Choice::new(&product.name, &product.name, about)
        })
        .collect();
    choices.push(Choice::new(OTHER, "another product", ""));
    let picked = product.map(|product| if named(product) { product } else { OTHER });
    vec![
        Field::pick(KNOWN, "Product", choices).holding(picked.unwrap_or_default()),
        written("Its name")
            .holding(
                product
                    .filter(|product| !named(product))
                    .unwrap_or_default(),
            )
            .when(|form| form.value(KNOWN) == OTHER),
    ]
}

/// The product that is filled in, if it is another one than at first; empty for none.
pub fn changed(form: &Form) -> Option<String> {
    let changed = form.changed(KNOWN).or_else(|| form.changed(WRITTEN));
    changed.map(|_| read(form).unwrap_or_default())
}

/// The product that is filled in.
pub fn read(form: &Form) -> Option<String> {
    let known = Some(form.value(KNOWN)).filter(|known| !known.is_empty() && known != OTHER);
    let written = || Some(form.value(WRITTEN)).filter(|text| !text.trim().is_empty());
    known.or_else(written)
}
