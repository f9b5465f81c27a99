//! Bytes as lower-case hexadecimal, as digests and key names stand in the store and in files.

/// Two digits a byte.
#[must_use]
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
