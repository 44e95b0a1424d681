//! Logs of other systems, and the maps that say what is what in them.

use std::fs;
use std::path::Path;

use holdline::import::{self, Import, MapFile};
use holdline::incident::NewPolicy;
use holdline::policy::{example_settings, shipped};
use holdline::store::{Context, Desk, NewDesk};
use tempfile::TempDir;

use crate::tries;

const MAP: &str = "case = '{case}'\nactivity = '{what}'\n[at]\ntime = '{when}'\nformat = '%Y-%m-%d %H:%M'\nzone = 'UTC'\n\
    [opens]\nchannel = 'mail'\ncustomer = '{who}'\nsummary = '{case} {text}'\naccept = true\nwaive = 'settled'\n\
    [activities.Opened]\nnote = 'Opened {text}'\n";

const LOG: &str = "case,what,when,who,text\n1,Opened,2026-11-20 10:00,Blue Fern,\"quoted, text\"\n\
    2,Opened,2026-11-20 11:00,Blue Fern,plain\n2,Opened,2026-11-20 12:00,Blue Fern,again\n";

fn context() -> Context {
    Context {
        agent: "mira".to_owned(),
        now: "2026-11-23T12:00:00Z".parse().unwrap(),
        ..Context::default()
    }
}

fn desk(path: &Path) -> Desk {
    let text = shipped("season-ticket").unwrap().to_owned();
    let settings = example_settings(&text).unwrap();
    let new = NewDesk {
        name: "Support".to_owned(),
        policies: vec![NewPolicy { text, settings }],
    };
    Desk::create(path, &new, &context()).unwrap()
}

#[test]
fn damaged_logs_are_taken_whole_or_not_at_all() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    let desk = std::cell::RefCell::new(desk(&path("desk")));
    tries(60, |damage| {
        let (log, map) = match damage.0.u8(0..4) {
            0 => (LOG.as_bytes().to_vec(), damage.bytes(MAP.as_bytes())),
            _ => (damage.bytes(LOG.as_bytes()), MAP.as_bytes().to_vec()),
        };
        fs::write(path("log.csv"), log).unwrap();
        fs::write(path("map.toml"), map).unwrap();
        let Ok(map) = MapFile::named(path("map.toml").to_str().unwrap()) else {
            return;
        };
        let import = Import {
            file: &path("log.csv"),
            map: &map,
            policy: None,
            office: None,
            zone: None,
            times: &[],
            dry_run: false,
            skip_bad: None,
        };
        let mut desk = desk.borrow_mut();
        let before = desk.head().unwrap();
        if let Err(error) = import::run(&mut desk, &import, &context(), &mut |_, _| {}) {
            assert!(!error.to_string().is_empty());
            assert_eq!(desk.head().unwrap(), before, "{error}");
        }
    });
}

const TICKETS: &str = "[\n{\"number\": \"7\", \"title\": \"It \\\"stops\\\"\", \"state\": \"closed\", \"customer\": \"ada@example.com\",\n\
    \"organization\": null, \"owner\": \"-\", \"priority\": \"2 normal\", \"created_at\": \"2026-11-20T10:00:00.000Z\",\n\
    \"updated_at\": \"2026-11-21T10:00:00Z\", \"close_at\": \"2026-11-21T09:00:00Z\", \"preferences\": {\"a\": [1, {}]}},\n\
    {\"number\": 8, \"title\": \"\", \"state\": \"new\", \"customer\": \"Ada Moss <ada@example.com>\", \"updated_at\": \"\",\n\
    \"created_at\": \"2026-11-20T10:00:00Z\"}\n]\n";

const CASES: &str = "\u{feff}No;Opened;Company;E-mail;Phone;Problem;Status;Closed\n\
    1;2026-11-20 10:00;Blue Fern;ada@example.com;+1 555 0100;\"It; \"\"stops\"\"\";open;\n\
    2;20.11.2026;Red Oak;;;Nothing;closed;2026-11-21\n";

#[test]
fn damaged_tables_are_taken_whole_or_not_at_all() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    let desk = std::cell::RefCell::new(desk(&path("desk")));
    tries(60, |damage| {
        let json = damage.0.bool();
        let (name, map, text) = match json {
            true => ("tickets.json", "zammad", TICKETS),
            false => ("cases.csv", "spreadsheet", CASES),
        };
        let mut map = MapFile::named(map).unwrap();
        let table = match damage.0.u8(0..4) {
            0 => {
                map.text = String::from_utf8_lossy(&damage.bytes(map.text.as_bytes())).into_owned();
                text.as_bytes().to_vec()
            }
            _ => damage.bytes(text.as_bytes()),
        };
        fs::write(path(name), table).unwrap();
        let import = Import {
            file: &path(name),
            map: &map,
            policy: None,
            office: None,
            zone: Some("Europe/Rome"),
            times: &[],
            dry_run: false,
            skip_bad: None,
        };
        let mut desk = desk.borrow_mut();
        let before = desk.head().unwrap();
        if let Err(error) = import::incidents(&mut desk, &import, &context(), &mut |_, _| {}) {
            assert!(!error.to_string().is_empty());
            assert_eq!(desk.head().unwrap(), before, "{error}");
        }
    });
}
