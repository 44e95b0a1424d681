//! A mail server on this machine, that does what a test tells it to.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What a server does with the next message.
#[derive(Debug, Clone, Copy)]
pub enum Does {
    Takes,
    /// Answers a command that begins like this with these words instead.
    Says(&'static str, &'static str),
    /// Takes the message and goes without a word.
    TakesAndGoes,
}

/// How it is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    No,
    Tls,
    Starttls,
}

/// A message as it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    pub text: String,
    /// Whether somebody had said who they are.
    pub user: bool,
}

/// A server that runs until the test ends.
pub struct Server {
    pub port: u16,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl Server {
    /// Starts one that does these things, a connection after the other, and then takes everything.
    pub fn new(secret: Secret, script: &[Does]) -> Self {
        let listener = TcpListener::bind("localhost:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let (script, kept) = (script.to_vec(), Arc::clone(&taken));
        thread::spawn(move || {
            let script = script.into_iter().chain(std::iter::repeat(Does::Takes));
            for (stream, does) in listener.incoming().zip(script) {
                // Whoever is refused may go at any moment.
                let _ = serve(stream.unwrap(), secret, does, &kept);
            }
        });
        Self { port, taken }
    }

    /// What it has taken so far.
    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }
}

fn serve(
    mut stream: TcpStream,
    secret: Secret,
    does: Does,
    kept: &Mutex<Vec<Taken>>,
) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    if secret == Secret::Tls {
        return Talk::new(secured(stream), does, true).greet(kept);
    }
    if secret == Secret::No {
        return Talk::new(stream, does, true).greet(kept);
    }
    let mut talk = Talk::new(&mut stream, does, false);
    talk.greet(kept)?;
    Talk::new(secured(stream), does, true).go_on(kept)
}

fn secured(stream: TcpStream) -> StreamOwned<ServerConnection, TcpStream> {
    let chain = CertificateDer::from_pem_slice(include_bytes!("localhost.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("localhost-key.pem")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![chain], key)
        .unwrap();
    StreamOwned::new(ServerConnection::new(Arc::new(config)).unwrap(), stream)
}

/// A connection.
struct Talk<S> {
    stream: S,
    does: Does,
    /// Whether mail is taken over it, or only after STARTTLS.
    is_open: bool,
}

impl<S: Read + Write> Talk<S> {
    fn new(stream: S, does: Does, is_open: bool) -> Self {
        Self {
            stream,
            does,
            is_open,
        }
    }

    fn greet(&mut self, kept: &Mutex<Vec<Taken>>) -> io::Result<()> {
        self.say("220 localhost ready")?;
        self.go_on(kept)
    }

    /// Answers commands until the other side goes, or has asked for encryption.
    fn go_on(&mut self, kept: &Mutex<Vec<Taken>>) -> io::Result<()> {
        let (mut from, mut to, mut user) = (String::new(), Vec::new(), false);
        loop {
            let line = self.line()?;
            if let Does::Says(at, words) = self.does
                && line.starts_with(at)
            {
                self.say(words)?;
                continue;
            }
            let word = line
                .split([' ', ':'])
                .next()
                .unwrap_or_default()
                .to_uppercase();
            match word.as_str() {
                "EHLO" if self.is_open => {
                    self.say("250-localhost\r\n250-SMTPUTF8\r\n250 AUTH PLAIN")?;
                }
                "EHLO" => self.say("250-localhost\r\n250 STARTTLS")?,
                "STARTTLS" => return self.say("220 go on"),
                "AUTH" => {
                    user = true;
                    self.say("235 welcome")?;
                }
                "MAIL" if !self.is_open => self.say("530 first STARTTLS")?,
                "MAIL" => {
                    from = address(&line);
                    self.say("250 ok")?;
                }
                "RCPT" => {
                    to.push(address(&line));
                    self.say("250 ok")?;
                }
                "DATA" => {
                    self.say("354 go on")?;
                    let text = self.text()?;
                    let (from, to) = (from.clone(), to.clone());
                    kept.lock().unwrap().push(Taken {
                        from,
                        to,
                        text,
                        user,
                    });
                    if matches!(self.does, Does::TakesAndGoes) {
                        return Ok(());
                    }
                    self.say("250 taken")?;
                }
                "QUIT" => return self.say("221 bye"),
                _ => self.say("502 what?")?,
            }
        }
    }

    fn say(&mut self, words: &str) -> io::Result<()> {
        self.stream.write_all(format!("{words}\r\n").as_bytes())?;
        self.stream.flush()
    }

    /// A line, byte by byte: what comes after STARTTLS is not ours.
    fn line(&mut self) -> io::Result<String> {
        let mut line = Vec::new();
        while !line.ends_with(b"\r\n") {
            let mut byte = [0];
            self.stream.read_exact(&mut byte)?;
            line.extend(byte);
        }
        Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
    }

    fn text(&mut self) -> io::Result<String> {
        let mut lines = Vec::new();
        loop {
            let line = self.line()?;
            if line == "." {
                return Ok(lines.join("\n"));
            }
            lines.push(line.strip_prefix('.').map(str::to_owned).unwrap_or(line));
        }
    }
}

fn address(line: &str) -> String {
    let rest = line.split_once('<').map_or("", |(_, rest)| rest);
    rest.split('>').next().unwrap_or_default().to_owned()
}
