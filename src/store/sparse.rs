//! The JSON in which the desk keeps the state of an incident: a field that holds nothing is left out. It reads the same,
//! and much of an incident holds nothing.

use std::fmt::Display;
use std::io::Write;

use serde::Serialize;
use serde::ser::{self, Error as _};
use serde_json::{Error, Result};

/// The JSON of a value without the fields of its structs that hold nothing.
///
/// # Errors
/// When the value has no JSON.
pub(super) fn to_string(value: &impl Serialize) -> Result<String> {
    let mut out = Vec::with_capacity(2_048);
    value.serialize(Writer { out: &mut out })?;
    String::from_utf8(out).map_err(Error::custom)
}

/// Writes one value.
struct Writer<'a> {
    out: &'a mut Vec<u8>,
}

/// Writes what a value is made of.
struct Parts<'a> {
    out: &'a mut Vec<u8>,
    /// Whether none was written yet.
    first: bool,
    /// What ends the value.
    end: &'static str,
}

/// Writes the name of a field or a variant, which the code gives it: none needs escapes.
fn named(out: &mut Vec<u8>, name: &'static str) {
    out.push(b'"');
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
}

impl<'a> Writer<'a> {
    fn open(self, begin: &str, end: &'static str) -> Parts<'a> {
        self.out.extend_from_slice(begin.as_bytes());
        Parts {
            out: self.out,
            first: true,
            end,
        }
    }

    fn variant(self, name: &'static str) -> Result<Self> {
        self.out.push(b'{');
        named(self.out, name);
        Ok(self)
    }
}

impl Parts<'_> {
    fn next(&mut self) {
        if !std::mem::take(&mut self.first) {
            self.out.push(b',');
        }
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.next();
        value.serialize(Writer { out: self.out })
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<()> {
        let (before, first) = (self.out.len(), self.first);
        self.next();
        named(self.out, key);
        let begin = self.out.len();
        value.serialize(Writer { out: self.out })?;
        if self.out.get(begin..) == Some(b"null") {
            self.out.truncate(before);
            self.first = first;
        }
        Ok(())
    }

    fn close(self) {
        self.out.extend_from_slice(self.end.as_bytes());
    }
}

macro_rules! plainly {
    ($($name:ident: $kind:ty),* $(,)?) => {
        $(fn $name(self, value: $kind) -> Result<()> {
            serde_json::to_writer(self.out, &value)
        })*
    };
}

impl<'a> ser::Serializer for Writer<'a> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Parts<'a>;
    type SerializeTuple = Parts<'a>;
    type SerializeTupleStruct = Parts<'a>;
    type SerializeTupleVariant = Parts<'a>;
    type SerializeMap = Parts<'a>;
    type SerializeStruct = Parts<'a>;
    type SerializeStructVariant = Parts<'a>;

    plainly! {
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
    }

    /// Most of these are instants, which need no escapes.
    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<()> {
        let before = self.out.len();
        write!(self.out, "\"{value}\"").map_err(Error::custom)?;
        let plain = |byte: &u8| !matches!(byte, ..0x20 | b'"' | b'\\');
        let written = self.out.get(before + 1..self.out.len() - 1);
        if written.is_some_and(|written| written.iter().all(plain)) {
            return Ok(());
        }
        self.out.truncate(before);
        serde_json::to_writer(self.out, &value.to_string())
    }

    fn serialize_none(self) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Result<()> {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<()> {
        let this = self.variant(name)?;
        value.serialize(Writer { out: this.out })?;
        this.out.push(b'}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'a>> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts<'a>> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'a>> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Parts<'a>> {
        Ok(self.variant(name)?.open("[", "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'a>> {
        Ok(self.open("{", "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts<'a>> {
        Ok(self.open("{", "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Parts<'a>> {
        Ok(self.variant(name)?.open("{", "}}"))
    }
}

macro_rules! elements {
    ($($kind:ident: $add:ident),* $(,)?) => {
        $(impl ser::$kind for Parts<'_> {
            type Ok = ();
            type Error = Error;

            fn $add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
                self.element(value)
            }

            fn end(self) -> Result<()> {
                self.close();
                Ok(())
            }
        })*
    };
}

elements! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field,
}

macro_rules! fields {
    ($($kind:ident),* $(,)?) => {
        $(impl ser::$kind for Parts<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<()> {
                self.field(key, value)
            }

            fn end(self) -> Result<()> {
                self.close();
                Ok(())
            }
        })*
    };
}

fields! { SerializeStruct, SerializeStructVariant }

impl ser::SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        let begin = self.out.len() + usize::from(!self.first);
        self.element(key)?;
        match self.out.get(begin) {
            Some(b'"') => Ok(()),
            _ => Err(Error::custom("a key is no text")),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.out.push(b':');
        value.serialize(Writer { out: self.out })
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests;
