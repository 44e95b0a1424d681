//! Mail that came in, as it is kept.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::message::Addresses;
use super::people::{Contact, CustomerId};
use super::{Refusal, TechRef};

/// What a mail that came in is called: `M-3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MailId(pub i64);

impl fmt::Display for MailId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("M-{}", self.0))
    }
}

impl FromStr for MailId {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let typed = text.trim();
        let bare = typed
            .strip_prefix("M-")
            .or_else(|| typed.strip_prefix("m-"))
            .unwrap_or(typed);
        let number = bare.parse().ok().filter(|number| *number > 0);
        number.map(Self).ok_or_else(|| {
            let shown: String = typed.chars().take(40).collect();
            Refusal::input(format!(
                "\"{shown}\" is no mail: write it like M-3, as the mails are listed (`holdline mail quarantine list`)"
            ))
        })
    }
}

impl TryFrom<String> for MailId {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        text.parse()
    }
}

impl From<MailId> for String {
    fn from(id: MailId) -> Self {
        id.to_string()
    }
}

/// A mail as it came in, cleaned and within bounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// By what a second copy of it is known.
    pub identity: String,
    /// Its Message-ID, without the angle brackets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// The Message-IDs that it answers, the nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replies_to: Vec<String>,
    /// The address of its one sender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<String>,
    /// What the sender calls itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_name: Option<String>,
    /// To whom it was written.
    #[serde(default, skip_serializing_if = "Addresses::is_empty")]
    pub to: Addresses,
    /// Who got a copy.
    #[serde(default, skip_serializing_if = "Addresses::is_empty")]
    pub cc: Addresses,
    /// Its subject, in one line.
    pub subject: String,
    /// What it says; none where that stands in the entry before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// When it was delivered to us.
    pub delivered_at: DateTime<Utc>,
    /// Why nothing answers it by itself: a program sent it, or a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub automatic: Option<String>,
    /// A program wrote it, and nobody was heard by it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_program: bool,
    /// What could not be kept as it was; then the whole mail is one of the files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unclear: Option<String>,
    /// What was attached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Attached>,
}

impl Arrival {
    /// What it says, or its subject where it says nothing.
    pub fn said(&self) -> &str {
        let text = self.text.as_deref().map(str::trim);
        text.filter(|text| !text.is_empty())
            .unwrap_or(&self.subject)
    }

    /// Whether it was written or copied to this address.
    pub fn reaches(&self, address: &str) -> bool {
        self.to.has(address) || self.cc.has(address)
    }
}

/// A file that came with a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// A name that is safe to give to a file.
    pub name: String,
    /// Of what kind it is, as its sender says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<String>,
    /// Its bytes.
    pub size: u64,
    /// Its SHA-256, under which it is kept beside the desk.
    pub hash: String,
}

impl fmt::Display for Attached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.size {
            bytes @ ..1024 => write!(f, "{} ({bytes} bytes)", self.name),
            bytes => write!(f, "{} ({} KiB)", self.name, bytes.div_ceil(1024)),
        }
    }
}

/// A mail that an incident took in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailIn {
    /// What it is called.
    pub mail: MailId,
    /// The mail.
    #[serde(flatten)]
    pub arrival: Arrival,
}

/// Where a mail that came in stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum MailState {
    /// In quarantine, until somebody decides.
    Waiting,
    /// An incident was opened by it, or went on.
    Taken,
    /// It led to nothing.
    Dismissed,
}

impl MailState {
    /// The state's word, the same everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Taken => "taken",
            Self::Dismissed => "dismissed",
        }
    }
}

/// The numbers that a subject names as messages write them, `[10001-4]` or with one of the `prefixes`, in their order.
/// Bare digits are no token (P5-10).
pub fn tokens(subject: &str, prefixes: &[String]) -> Vec<TechRef> {
    let inside = subject.split('[').skip(1);
    let inside = inside.filter_map(|piece| Some(piece.split_once(']')?.0.trim()));
    inside
        .filter_map(|token| {
            let without = prefixes.iter().filter_map(|prefix| {
                let head = token.get(..prefix.len())?;
                let rest = token.get(prefix.len()..)?;
                head.eq_ignore_ascii_case(prefix).then_some(rest)
            });
            std::iter::once(token).chain(without).find_map(|bare| {
                let number: TechRef = bare.parse().ok()?;
                (number.to_string() == bare).then_some(number)
            })
        })
        .collect()
}

/// Of whom a mail is, as far as its sender's address says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The customer.
    pub customer: CustomerId,
    /// The person.
    pub contact: Contact,
}

impl Sender {
    /// Which of the people who share an address wrote under `name`; nobody in particular where that does not say it, and
    /// nothing where there is nobody.
    pub fn who(mut sharing: Vec<Contact>, name: Option<&str>) -> Option<Contact> {
        if sharing.len() < 2 {
            return sharing.pop();
        }
        let plain = |name: &str| {
            let words = name.split(|c: char| !c.is_alphanumeric());
            let mut words: Vec<String> = words.map(str::to_lowercase).collect();
            words.retain(|word| !word.is_empty());
            words.sort_unstable();
            words
        };
        let typed = plain(name.unwrap_or_default());
        let mut same = sharing
            .into_iter()
            .filter(|person| plain(&person.name) == typed);
        let (who, other) = (same.next(), same.next());
        Some(who.filter(|_| other.is_none()).unwrap_or_default())
    }

    /// The person, if it is anybody in particular.
    pub fn contact_named(&self) -> Option<Contact> {
        let named = !self.contact.name.trim().is_empty();
        named.then(|| self.contact.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Re: [10001-4] Printer", &["10001-4"])]
    #[case("[TR-10001-4] and [10002-3]", &["10001-4", "10002-3"])]
    #[case("[tr-10001-4]", &["10001-4"])]
    #[case("[Fwd: [ 10001-4 ]]", &["10001-4"])]
    #[case("10001-4", &[])]
    #[case("[100014]", &[])]
    #[case("[10001-5]", &[])]
    #[case("[1 0 0 0 1-4]", &[])]
    #[case("[10001-4", &[])]
    #[case("[[[]]][é-10001-4]", &[])]
    fn only_a_whole_token_counts(#[case] subject: &str, #[case] numbers: &[&str]) {
        let found = tokens(subject, &["TR-".to_owned()]);
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found, numbers);
    }

    #[rstest]
    #[case(&["Ada"], None, Some("Ada"))]
    #[case(&["Mehmet Lima", "Mehmet Tanaka"], Some("Mehmet Tanaka"), Some("Mehmet Tanaka"))]
    #[case(&["Mehmet Lima", "Mehmet Tanaka"], Some("TANAKA, Mehmet"), Some("Mehmet Tanaka"))]
    #[case(&["Mehmet Lima", "Mehmet Tanaka"], Some("Mehmet"), Some(""))]
    #[case(&["Mehmet Lima", "Mehmet Tanaka"], None, Some(""))]
    #[case(&[], Some("Ada"), None)]
    fn who_shares_an_address_is_told_by_name(
        #[case] sharing: &[&str],
        #[case] name: Option<&str>,
        #[case] who: Option<&str>,
    ) {
        let person = |name: &&str| Contact {
            name: (*name).to_owned(),
            ..Contact::default()
        };
        let found = Sender::who(sharing.iter().map(person).collect(), name);
        assert_eq!(found.map(|it| it.name).as_deref(), who);
    }

    #[rstest]
    #[case("M-3", Some(3))]
    #[case(" m-3 ", Some(3))]
    #[case("3", Some(3))]
    #[case("M-0", None)]
    #[case("10001-4/1", None)]
    fn a_mail_has_a_name(#[case] typed: &str, #[case] id: Option<i64>) {
        assert_eq!(typed.parse().ok(), id.map(MailId));
    }
}
