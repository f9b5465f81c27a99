//! Reading and checking written addresses.

use api::{
    address::{AddressCheck, CheckAddress, InterpretAddress, Interpretation},
    paths,
};
use reqwest::Method;

use crate::{Error, Session};

impl Session {
    /// Reads a written address.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn interpret(&self, written: &InterpretAddress) -> Result<Interpretation, Error> {
        self.answer(|client| {
            client
                .request(Method::POST, paths::ADDRESSES_INTERPRET, &[])
                .json(written)
        })
        .await
    }

    /// Checks an address in its elements.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn check(&self, address: &CheckAddress) -> Result<AddressCheck, Error> {
        self.answer(|client| {
            client
                .request(Method::POST, paths::ADDRESSES_CHECK, &[])
                .json(address)
        })
        .await
    }
}
