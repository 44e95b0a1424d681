//! An incident's life: command + state + policy + now -> events -> state.
