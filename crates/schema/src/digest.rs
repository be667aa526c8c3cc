//! Digests as files state them.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// SHA-256 of bytes, in lower-case hexadecimal.
///
/// ```
/// let digest = goldrule_schema::sha256(b"abc"); // FIPS 180-2, appendix B.1
/// assert_eq!(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
/// ```
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
