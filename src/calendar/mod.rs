//! Opening hours, holidays and business time: what every countdown stands on.
