//! What a shop promises: policy files, read and checked.
