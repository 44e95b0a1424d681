//! Mapping files: those that come with the program, by their names, and others.

use std::path::{Path, PathBuf};

use super::ImportError;
use crate::policy::nearest::remedy;

/// A mapping file: what it is called, and what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapFile {
    /// Its path, or the name of one that comes with the program.
    pub file: PathBuf,
    /// What stands in it.
    pub text: String,
}

/// A mapping that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct ShippedMap {
    /// Its name.
    pub name: &'static str,
    /// What it maps, in a line.
    pub about: &'static str,
    /// Its text.
    #[serde(skip)]
    pub text: &'static str,
}

macro_rules! shipped {
    ($($name:literal, $about:literal;)*) => {
        &[$(ShippedMap {
            name: $name,
            about: $about,
            text: include_str!(concat!("../../assets/maps/", $name, ".toml")),
        }),*]
    };
}

/// The mappings that come with the program.
pub const SHIPPED_MAPS: &[ShippedMap] = shipped![
    "customers", "customers and their people out of a spreadsheet";
    "spreadsheet", "incidents out of a spreadsheet, one a line";
    "osticket", "the export of a ticket queue (CSV) of osTicket";
    "request-tracker", "the spreadsheet of a ticket search (TSV) of Request Tracker";
    "zammad", "tickets as the API of Zammad gives them (JSON)";
    "zendesk", "the CSV export of Zendesk";
];

impl MapFile {
    /// The mapping of that name, or a file.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn named(name: &str) -> Result<Self, ImportError> {
        if let Some(map) = SHIPPED_MAPS.iter().find(|map| map.name == name) {
            return Ok(Self {
                file: name.into(),
                text: map.text.to_owned(),
            });
        }
        let path = Path::new(name);
        if !path.exists() && !name.contains('/') && path.extension().is_none() {
            let names = SHIPPED_MAPS.iter().map(|map| map.name);
            let why = format!("there is no such map: {}", remedy(name, names));
            return Err(ImportError::file(path, why));
        }
        let text = std::fs::read_to_string(path).map_err(|error| ImportError::file(path, error))?;
        Ok(Self {
            file: path.to_owned(),
            text,
        })
    }
}
