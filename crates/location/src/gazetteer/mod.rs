//! Places by name and postal code: tables that ship with the crate. Their sources stand in
//! docs/DATA.md.

pub(crate) mod dk;
pub(crate) mod gb;
