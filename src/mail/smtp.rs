//! A mail server that takes messages, by SMTP: the only network that Holdline knows, and none until the settings name one.
//!
//! What is encrypted is checked, with the certificates of the system and those that the settings name; without
//! encryption only a server on this machine is spoken to, so that neither a password nor a customer's words go over a
//! line in the clear.

use std::fmt;
use std::fs;
use std::net::{IpAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};

use super::Unsent;

/// How long the server may take for each answer: well under the ten minutes for which a message is held.
const PATIENCE: Duration = Duration::from_secs(60);

/// Answers that are about who asks, not about the message.
const ABOUT_WHO_ASKS: [u16; 5] = [454, 530, 534, 535, 538];

/// A server that takes messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Its name.
    pub host: String,
    /// Its port; that which its encryption usually has without it.
    pub port: Option<u16>,
    /// How what is said to it is encrypted.
    pub tls: Tls,
    /// The user that it knows, and how it knows them.
    pub user: Option<(String, Password)>,
    /// A file of certificates in PEM that are trusted beside those of the system.
    pub trust: Option<PathBuf>,
}

/// How a connection is encrypted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tls {
    /// From its first byte, usually on port 465.
    #[default]
    Tls,
    /// From a command on, usually on port 587; without that nothing is sent.
    Starttls,
    /// Not at all, on this machine alone.
    None,
}

/// A password, or the program that prints it.
#[derive(Clone, PartialEq, Eq)]
pub enum Password {
    /// Itself.
    Is(String),
    /// A program with its arguments, without a shell between, whose first line it is.
    From(Vec<String>),
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a password")
    }
}

impl Password {
    fn read(&self) -> Result<String, String> {
        let words = match self {
            Self::Is(password) => return Ok(password.clone()),
            Self::From(words) => words,
        };
        let [program, arguments @ ..] = words.as_slice() else {
            return Err("no program is named that prints the password".to_owned());
        };
        let output = Command::new(program)
            .args(arguments)
            .output()
            .map_err(|error| format!("{program}: {error}"))?;
        let printed = String::from_utf8_lossy(&output.stdout);
        match printed.lines().next().filter(|_| output.status.success()) {
            Some(password) => Ok(password.to_owned()),
            None => Err(format!("{program} printed no password")),
        }
    }
}

impl Server {
    /// Has the server deliver a message.
    ///
    /// # Errors
    /// Why it did not take it, in its own words where it had some.
    pub(super) fn carry(&self, from: &str, to: &[String], message: &[u8]) -> Result<(), Unsent> {
        let named = |why: &str, for_good| Unsent {
            why: format!("{}: {why}", self.host),
            for_good,
        };
        let mut line = self.connect().map_err(|why| named(&why, false))?;
        let taken = hand_over(&mut line, from, to, message);
        match taken {
            // It has the message: whether it says good-bye changes nothing.
            Ok(()) => drop(line.quit()),
            Err(_) => line.abort(),
        }
        taken.map_err(|unsent| named(&unsent.why, unsent.for_good))
    }

    fn connect(&self) -> Result<SmtpConnection, String> {
        let usual = match self.tls {
            Tls::Tls => 465,
            Tls::Starttls => 587,
            Tls::None => 25,
        };
        let place = (self.host.as_str(), self.port.unwrap_or(usual));
        let found: Vec<_> = place
            .to_socket_addrs()
            .map_err(|error| error.to_string())?
            .collect();
        let is_here = |ip: IpAddr| ip.is_loopback();
        if self.tls == Tls::None && !found.iter().all(|at| is_here(at.ip())) {
            return Err(
                "it is not on this machine, so that tls = \"none\" would send in the clear: use \"tls\" or \"starttls\""
                    .to_owned(),
            );
        }
        let me = ClientId::default();
        let parameters = self.parameters()?;
        let at_once = parameters.as_ref().filter(|_| self.tls == Tls::Tls);
        let mut line =
            SmtpConnection::connect(found.as_slice(), Some(PATIENCE), &me, at_once, None)
                .map_err(|error| said(&error))?;
        if let (Tls::Starttls, Some(parameters)) = (self.tls, &parameters) {
            line.starttls(parameters, &me)
                .map_err(|error| said(&error))?;
        }
        if let Some((user, password)) = &self.user {
            let credentials = Credentials::new(user.clone(), password.read()?);
            line.auth(DEFAULT_MECHANISMS, &credentials)
                .map_err(|error| said(&error))?;
        }
        Ok(line)
    }

    /// Whom to trust; nobody has to be where nothing is encrypted.
    fn parameters(&self) -> Result<Option<TlsParameters>, String> {
        if self.tls == Tls::None {
            return Ok(None);
        }
        let mut parameters = TlsParameters::builder(self.host.clone());
        if let Some(path) = &self.trust {
            let failed = |why: String| format!("{}: {why}", path.display());
            let pem = fs::read(path).map_err(|error| failed(error.to_string()))?;
            let trusted = Certificate::from_pem(&pem).map_err(|error| failed(error.to_string()))?;
            parameters = parameters.add_root_certificate(trusted);
        }
        parameters
            .build()
            .map(Some)
            .map_err(|error| error.to_string())
    }
}

/// Says whom a message is from and to, and what it is.
fn hand_over(
    line: &mut SmtpConnection,
    from: &str,
    to: &[String],
    message: &[u8],
) -> Result<(), Unsent> {
    let mut parameters = Vec::new();
    if to.iter().any(|address| !address.is_ascii()) {
        if !line.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(Unsent {
                why: "it takes no addresses with letters beyond ASCII".to_owned(),
                for_good: true,
            });
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    line.command(Mail::new(Some(address(from)?), parameters))
        .map_err(|error| refused(&error))?;
    for one in to {
        line.command(Rcpt::new(address(one)?, Vec::new()))
            .map_err(|error| refused(&error))?;
    }
    line.command(Data).map_err(|error| refused(&error))?;
    match line.message(message) {
        Ok(_) => Ok(()),
        Err(error) if error.status().is_some() => Err(refused(&error)),
        // It may have it, or not: only somebody who asks can know.
        Err(error) => Err(Unsent {
            why: format!(
                "it did not say whether it took the message, which may be delivered ({}): ask before you send it again",
                said(&error)
            ),
            for_good: true,
        }),
    }
}

fn address(text: &str) -> Result<Address, Unsent> {
    text.parse().map_err(|_| Unsent {
        why: format!("\"{text}\" is no address that it would understand"),
        for_good: true,
    })
}

/// Whether a refusal is for good: the server says so, and it is about the message.
fn refused(error: &lettre::transport::smtp::Error) -> Unsent {
    let about_who_asks = error
        .status()
        .is_some_and(|code| ABOUT_WHO_ASKS.contains(&u16::from(code)));
    Unsent {
        why: said(error),
        for_good: error.is_permanent() && !about_who_asks,
    }
}

/// What went wrong, in the words of whoever knows most about it.
fn said(error: &lettre::transport::smtp::Error) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(deeper) = innermost.source() {
        innermost = deeper;
    }
    match error.status() {
        Some(code) => format!("{code} {innermost}"),
        None => innermost.to_string(),
    }
}
