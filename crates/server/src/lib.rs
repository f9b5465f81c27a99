//! The backend of Whereabouts.
//!
//! Agents say where they are, this crate keeps it durably, and the telephony side is told within its
//! time budget whatever is broken. The crate is a library so that the system tests can run the very
//! same server with a clock of their own; the binary `whereabouts-server` only calls [`cli::run`].
//!
//! Map, from the outside in: [`cli`] (the subcommands), [`http`] (what every request passes),
//! [`routes`] (one file a path), [`telephony`] (the answer within its budget), [`view`] (what is known,
//! as it is shown), [`push`] (who is told of a change), [`background`] (what time demands), [`store`]
//! (what is known), [`last_known`] and [`journal`] (what answers and what remembers while the store
//! does not), [`browser`] (the security desk's page), [`notify`] (whom to tell, and how), [`presence`] (agents' status during calls), [`guide`] and [`validation`] (which addresses exist), [`import`] (what administrators
//! maintain elsewhere), [`sample`] (an organisation to try things on), [`seal`] (addresses at rest),
//! [`secret`] (tokens, keys, codes), [`record`] (what happened, so that nobody can change it unseen), [`config`] (the one reader of files and environment), [`clock`],
//! [`random`] (time and chance enter here and nowhere else), [`trace`] (logs).
//!
//! Errors are typed (`thiserror`) everywhere but in [`cli`], which is the body of a binary and uses
//! `anyhow`.

pub mod background;
pub mod browser;
pub mod cli;
pub mod clock;
pub mod config;
pub mod guide;
mod hex;
pub mod http;
pub mod import;
pub mod journal;
pub mod last_known;
mod legible;
pub mod notify;
pub mod presence;
pub mod push;
pub mod random;
pub mod record;
pub mod routes;
pub mod sample;
pub mod seal;
pub mod secret;
pub mod store;
pub mod telephony;
#[cfg(test)]
mod testing;
pub mod trace;
pub mod validation;
pub mod view;
