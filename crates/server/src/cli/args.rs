use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::trace::LogFormat;

/// The backend of Whereabouts: when an agent dials 911, the right door is on the dispatcher's screen.
#[derive(Debug, Parser)]
#[command(name = "whereabouts-server", version, propagate_version = true)]
#[command(after_help = "Examples:
  whereabouts-server demo                     load the sample organisation
  whereabouts-server enrol maria.chen         print a one-time code for her desktop
  whereabouts-server serve                    listen on 127.0.0.1:8911

Every setting has a working default. See --config for a file, and WHEREABOUTS_SECTION_KEY for the
environment, such as WHEREABOUTS_SERVER_LISTEN=127.0.0.1:9000.")]
pub struct Cli {
    /// Configuration file (TOML).
    #[arg(long, global = true, value_name = "F")]
    pub config: Option<PathBuf>,
    /// How log lines are written to standard error; RUST_LOG says which.
    #[arg(long, global = true, value_enum, default_value_t)]
    pub log_format: LogFormat,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print the OpenAPI 3.1 document.
    Openapi,
    /// Listen for agents and telephony platforms.
    #[command(after_help = "Example:
  whereabouts-server serve --listen 127.0.0.1:8911 --database sqlite:/var/lib/whereabouts/w.db")]
    Serve {
        /// Address and port, over server.listen.
        #[arg(long, value_name = "ADDRESS")]
        listen: Option<String>,
        /// The store, over store.url.
        #[arg(long, value_name = "URL")]
        database: Option<String>,
    },
}
