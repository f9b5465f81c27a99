//! The head of a chain as it is carried away from the store: to a log, a printer, another machine. Whoever has
//! one can show that the chain was cut or written anew since.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Head, PublicKey};
use crate::hex::{hex, unhex};

/// A head with the signature of the node whose it is.
#[derive(Clone, Eq, PartialEq)]
pub struct SignedHead {
    /// How far the chain goes.
    pub head: Head,
    /// The node's key.
    pub public_key: PublicKey,
    /// The signature of the last batch.
    pub signature: Vec<u8>,
}

#[derive(Deserialize, Serialize)]
struct Written {
    node: String,
    height: u64,
    link: String,
    public_key: String,
    signature: String,
}

impl SignedHead {
    /// One line of JSON.
    #[must_use]
    pub fn to_line(&self) -> String {
        let written = Written {
            node: self.head.node.to_string(),
            height: self.head.height,
            link: self.head.link.to_string(),
            public_key: hex(self.public_key.as_bytes()),
            signature: hex(&self.signature),
        };
        serde_json::to_string(&written).expect("text and a number are always JSON")
    }

    /// Reads the line back.
    ///
    /// # Errors
    /// When it is no head, or one that its node did not sign.
    pub fn from_line(line: &str) -> Result<Self, HeadError> {
        let written: Written = serde_json::from_str(line).map_err(|_| HeadError::NoHead)?;
        let public_key = unhex(&written.public_key)
            .and_then(|bytes| PublicKey::from_bytes(&bytes))
            .ok_or(HeadError::NoHead)?;
        let signed = Self {
            head: Head {
                node: written.node.parse().map_err(|_| HeadError::NoHead)?,
                height: written.height,
                link: written.link.parse().map_err(|_| HeadError::NoHead)?,
            },
            public_key,
            signature: unhex(&written.signature).ok_or(HeadError::NoHead)?,
        };
        let Head { node, link, .. } = signed.head;
        if public_key.node() == node && public_key.has_signed(link, &signed.signature) {
            Ok(signed)
        } else {
            Err(HeadError::NotSigned)
        }
    }
}

impl fmt::Debug for SignedHead {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SignedHead({:?})", self.head)
    }
}

/// Why a line is no head.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum HeadError {
    /// It is something else.
    #[error("this is not a line that `record head` printed")]
    NoHead,
    /// Its node did not sign it: it was changed.
    #[error("the node it names did not sign it: the line was changed")]
    NotSigned,
}
