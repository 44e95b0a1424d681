//! How the shop's mail is sent, and where it comes in.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;

use serde::Deserialize;
use toml::Spanned;

use super::{Config, ConfigError};
use crate::mail::{Carrier, Password, Server, Tls};

/// How the shop's mail is sent, and where it comes in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Post {
    /// The shop's address; that of the policy's role `support` when absent.
    pub from: Option<String>,
    /// To what messages are handed over, unless a command says otherwise.
    pub carrier: Option<Carrier>,
    /// Where mail comes in.
    pub maildir: Option<PathBuf>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default, expecting = "a table, as in [mail]")]
pub(super) struct WrittenPost {
    from: Option<String>,
    program: Option<Spanned<Vec<String>>>,
    server: Option<Spanned<String>>,
    port: Option<u16>,
    tls: Tls,
    user: Option<Spanned<String>>,
    password: Option<Spanned<String>>,
    password_from: Option<Spanned<Vec<String>>>,
    trust: Option<PathBuf>,
    maildir: Option<Spanned<PathBuf>>,
}

impl Config {
    /// How mail is sent, as it is written; `line` gives the line of a place in the file.
    ///
    /// # Errors
    /// When it means nothing, or others may read a password that stands in it.
    pub(super) fn post(
        &self,
        written: WrittenPost,
        line: impl Fn(usize) -> usize,
    ) -> Result<Post, ConfigError> {
        let user = self.user(&written, &line)?;
        let maildir = written.maildir.map(|it| {
            let at = line(it.span().start);
            self.maildir(it.into_inner(), at)
        });
        let maildir = maildir.transpose()?;
        let carrier = match (written.server, written.program) {
            (Some(_), Some(program)) => {
                let problem = "mail is sent by a server or by a program: leave one of them out";
                return Err(self.error(line(program.span().start), problem));
            }
            (Some(host), None) => Some(Carrier::Server(Server {
                host: host.into_inner(),
                port: written.port,
                tls: written.tls,
                user,
                trust: written.trust,
            })),
            (None, Some(program)) if program.get_ref().is_empty() => {
                let problem =
                    "program names none: write it like [\"/usr/sbin/sendmail\", \"-t\", \"-i\"]";
                return Err(self.error(line(program.span().start), problem));
            }
            (None, Some(program)) => Some(Carrier::Program(program.into_inner())),
            (None, None) => None,
        };
        Ok(Post {
            from: written.from,
            carrier,
            maildir,
        })
    }

    /// The folder where mail comes in, by its whole path or from the home of whoever runs this.
    fn maildir(&self, written: PathBuf, line: usize) -> Result<PathBuf, ConfigError> {
        let at_home = written.strip_prefix("~").ok();
        let home = directories::BaseDirs::new().map(|folders| folders.home_dir().to_owned());
        match (at_home, home) {
            (Some(within), Some(home)) => Ok(home.join(within)),
            _ if written.is_absolute() => Ok(written),
            _ => Err(self.error(
                line,
                "where the Maildir is cannot be told: write its whole path, or from ~/ on, as in ~/Maildir",
            )),
        }
    }

    /// Who the server knows, and how.
    fn user(
        &self,
        written: &WrittenPost,
        line: &impl Fn(usize) -> usize,
    ) -> Result<Option<(String, Password)>, ConfigError> {
        let password = match (&written.password, &written.password_from) {
            (Some(_), Some(other)) => {
                let problem =
                    "a password stands here or comes from a program: leave one of them out";
                return Err(self.error(line(other.span().start), problem));
            }
            (Some(password), None) => {
                self.read_by_me_alone(line(password.span().start))?;
                Some(Password::Is(password.get_ref().clone()))
            }
            (None, Some(program)) => Some(Password::From(program.get_ref().clone())),
            (None, None) => None,
        };
        match (&written.user, password) {
            (Some(user), Some(password)) => Ok(Some((user.get_ref().clone(), password))),
            (Some(user), None) => {
                let problem = "no password is named: add password_from = [\"pass\", \"show\", \"mail\"], or password";
                Err(self.error(line(user.span().start), problem))
            }
            (None, _) => Ok(None),
        }
    }

    /// Nobody else may read the file.
    fn read_by_me_alone(&self, line: usize) -> Result<(), ConfigError> {
        let unreadable = |error| self.error(line, format!("it cannot be looked at: {error}"));
        let mode = fs::metadata(&self.path).map_err(unreadable)?.mode();
        match mode & 0o077 {
            0 => Ok(()),
            _ => Err(self.error(
                line,
                "others may read this file and the password in it: chmod 600, or use password_from",
            )),
        }
    }
}
