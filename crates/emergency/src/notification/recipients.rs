use super::{MailAddress, MailAddressError};

/// People to tell, from a list separated by semicolons: the form in which Dynamics 365 keeps the
/// emergency contacts of an agent. Every address is judged by itself, so that a bad one costs nobody
/// else the notice.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Recipients {
    /// The good ones, each once, in the order of the list.
    pub addresses: Vec<MailAddress>,
    /// The others, with the reason.
    pub refused: Vec<RefusedAddress>,
}

impl Recipients {
    /// Reads a list. Empty parts count for nothing.
    #[must_use]
    pub fn parse(list: &str) -> Self {
        Self::of(list.split(';'))
    }

    /// Reads the parts of a list.
    #[must_use]
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut recipients = Self::default();
        let parts = parts.into_iter().map(str::trim);
        for (part, position) in parts.filter(|part| !part.is_empty()).zip(1..) {
            match part.parse::<MailAddress>() {
                Ok(address) => {
                    if !recipients.addresses.contains(&address) {
                        recipients.addresses.push(address);
                    }
                }
                Err(reason) => recipients.refused.push(RefusedAddress { position, reason }),
            }
        }
        recipients
    }
}

/// A part of a list that cannot be mailed to.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("address {position} of the list: {reason}")]
pub struct RefusedAddress {
    /// Which one, counted from 1.
    pub position: usize,
    /// Why.
    pub reason: MailAddressError,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(list: &str) -> String {
        let Recipients { addresses, refused } = Recipients::parse(list);
        let good = addresses.iter().map(ToString::to_string);
        let bad = refused.iter().map(ToString::to_string);
        good.chain(bad).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_bad_address_costs_nobody_else_the_notice() {
        insta::assert_snapshot!(
            read(" a@example.com ;; b@; c@example.com;a@EXAMPLE.com; Desk <d@example.com>;"),
            @r"
        a@example.com
        c@example.com
        address 2 of the list: a whole host name, such as example.com, has to follow the @
        address 5 of the list: write the address alone, without a name and without < and >
        "
        );
        assert_eq!(Recipients::parse(" ; "), Recipients::default());
    }
}
