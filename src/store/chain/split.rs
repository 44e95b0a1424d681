//! The split of an event into its kind, its facts and its texts, as it is serialised.

use serde::Serialize;
use serde::ser::{self, Error as _, Impossible};
use serde_json::{Error, Result, Value};

use crate::incident::TEXTS;

/// An event taken apart; what holds nothing is left out.
#[derive(Default)]
pub(super) struct Split {
    /// What kind of event it is.
    pub(super) kind: String,
    /// A JSON object of what is no text.
    pub(super) facts: String,
    /// The texts, in the order of their keys.
    pub(super) texts: Vec<(&'static str, Value)>,
}

/// Takes an event apart.
///
/// # Errors
/// When it is no JSON object, or has no kind.
pub(super) fn split(event: &impl Serialize) -> Result<Split> {
    event.serialize(Splitter)
}

/// Bytes that the facts of most events have room in.
const ROOM: usize = 256;

/// Takes what is an object apart, and nothing else.
struct Splitter;

/// The fields of an event, so far.
#[derive(Default)]
struct Fields {
    kind: Option<String>,
    facts: Vec<u8>,
    texts: Vec<(&'static str, Value)>,
    /// The key whose value comes next.
    key: Option<String>,
}

impl Fields {
    fn add<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<()> {
        if key == "kind" {
            self.kind = match serde_json::to_value(value)? {
                Value::String(kind) => Some(kind),
                _ => None,
            };
            return Ok(());
        }
        if let Some(key) = TEXTS.iter().find(|text| **text == key) {
            let text = serde_json::to_value(value)?;
            if !text.is_null() {
                self.texts.push((key, text));
            }
            return Ok(());
        }
        let before = self.facts.len();
        if before == 0 {
            self.facts.reserve(ROOM);
        }
        self.facts.push(if before == 0 { b'{' } else { b',' });
        serde_json::to_writer(&mut self.facts, key)?;
        self.facts.push(b':');
        let begin = self.facts.len();
        serde_json::to_writer(&mut self.facts, value)?;
        if self.facts.get(begin..) == Some(b"null") {
            self.facts.truncate(before);
        }
        Ok(())
    }

    fn whole(mut self) -> Result<Split> {
        self.facts
            .extend_from_slice(if self.facts.is_empty() { b"{}" } else { b"}" });
        self.texts.sort_unstable_by_key(|(key, _)| *key);
        Ok(Split {
            kind: self
                .kind
                .ok_or_else(|| Error::custom("an event has no kind"))?,
            facts: String::from_utf8(self.facts).map_err(Error::custom)?,
            texts: self.texts,
        })
    }
}

fn no_object<T>() -> Result<T> {
    Err(Error::custom("an event is no object"))
}

macro_rules! none {
    ($($name:ident: $kind:ty),* $(,)?) => {
        $(fn $name(self, _: $kind) -> Result<Split> {
            no_object()
        })*
    };
}

impl ser::Serializer for Splitter {
    type Ok = Split;
    type Error = Error;
    type SerializeSeq = Impossible<Split, Error>;
    type SerializeTuple = Impossible<Split, Error>;
    type SerializeTupleStruct = Impossible<Split, Error>;
    type SerializeTupleVariant = Impossible<Split, Error>;
    type SerializeMap = Fields;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Impossible<Split, Error>;

    none! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_f32: f32,
        serialize_f64: f64,
        serialize_char: char,
        serialize_str: &str,
        serialize_bytes: &[u8],
        serialize_unit_struct: &'static str,
    }

    fn serialize_none(self) -> Result<Split> {
        no_object()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Split> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Split> {
        no_object()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<Split> {
        no_object()
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Split> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Split> {
        no_object()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq> {
        no_object()
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple> {
        no_object()
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct> {
        no_object()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant> {
        no_object()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields> {
        Ok(Fields::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields> {
        Ok(Fields::default())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant> {
        no_object()
    }
}

impl ser::SerializeStruct for Fields {
    type Ok = Split;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<()> {
        self.add(key, value)
    }

    fn end(self) -> Result<Split> {
        self.whole()
    }
}

impl ser::SerializeMap for Fields {
    type Ok = Split;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        match serde_json::to_value(key)? {
            Value::String(key) => {
                self.key = Some(key);
                Ok(())
            }
            _ => Err(Error::custom("a key is no text")),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let key = self.key.take().unwrap_or_default();
        self.add(&key, value)
    }

    fn end(self) -> Result<Split> {
        self.whole()
    }
}

#[cfg(test)]
mod tests;
