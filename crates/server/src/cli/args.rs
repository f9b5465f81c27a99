use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use emergency::notification::Language;
use location::render::Profile;

use super::import;
use crate::{notify::templates::Case, secret::KeyName, store::KeyRole, trace::LogFormat};

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
    /// The store, over store.url.
    #[arg(long, global = true, value_name = "URL")]
    pub database: Option<String>,
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
    /// Read and write addresses, line by line.
    #[command(subcommand)]
    Address(AddressCommand),
    /// The people: import them from CSV, or sign them out.
    #[command(subcommand, mut_subcommand("import", |import| import.after_help(import::AGENTS_HELP)))]
    Agents(AgentsCommand),
    /// Print every setting with its default: a configuration file to start from.
    #[command(after_help = "Example:
  whereabouts-server config > whereabouts.toml")]
    Config,
    /// Whom to tell of emergency calls.
    #[command(subcommand, mut_subcommand("import", |import| import.after_help(import::CONTACTS_HELP)))]
    Contacts(ContactsCommand),
    /// Load the sample organisation into a store of its own.
    ///
    /// Three sites with floor plans, 40 seats, 25 people, ten callback numbers. Running it again
    /// changes nothing that has not been changed since.
    #[command(after_help = "Example:
  whereabouts-server demo && whereabouts-server serve")]
    Demo,
    /// Run a drill: everything that happens around an emergency call, without any call.
    ///
    /// The server that serves from this store opens a call that is a drill for each agent: the banner comes
    /// up on their screens, and whoever would be told is told, each marked as a drill. It ends after two
    /// minutes, or as soon as everything has come and somebody said that they are handling it. Standard
    /// output gets how long each stage took. Ends with 1 when a banner or a notice is missing.
    #[command(after_help = "Examples:
  whereabouts-server drill --agent maria.chen
  whereabouts-server drill --sample 5 --site SEA --format json")]
    Drill {
        /// Who, by the username. May be given several times.
        #[arg(long = "agent", value_name = "USERNAME", conflicts_with_all = ["sample", "team", "site"],
              required_unless_present = "sample")]
        agents: Vec<String>,
        /// So many, by lot.
        #[arg(long, value_name = "N")]
        sample: Option<u32>,
        /// Of this team.
        #[arg(long, requires = "sample")]
        team: Option<String>,
        /// Of this site.
        #[arg(long, requires = "sample")]
        site: Option<String>,
        /// How the report is written.
        #[arg(long, value_enum, default_value_t)]
        format: ReportFormat,
    },
    /// Print a one-time code that signs an agent's desktop in.
    ///
    /// Standard output gets the code and nothing else. It works once, within 15 minutes.
    #[command(after_help = "Example:
  whereabouts-server enrol maria.chen")]
    Enrol {
        /// Whose desktop.
        username: String,
    },
    /// The keys of machines: make, list and revoke them.
    #[command(subcommand)]
    Keys(KeysCommand),
    /// The 911 centre's street guide: import it.
    #[command(subcommand)]
    Msag(MsagCommand),
    /// The callback numbers: import them from CSV.
    #[command(subcommand, mut_subcommand("import", |import| import.after_help(import::NUMBERS_HELP)))]
    Numbers(ImportCommand),
    /// Print the OpenAPI 3.1 document.
    Openapi,
    /// The floor plans: import them from SVG files.
    #[command(subcommand)]
    Plans(PlansCommand),
    /// The compliance record: verify it, and print how far it goes.
    #[command(subcommand)]
    Record(RecordCommand),
    /// Reports for compliance.
    #[command(subcommand)]
    Report(ReportCommand),
    /// The desks: import them from CSV.
    #[command(subcommand, mut_subcommand("import", |import| import.after_help(import::SEATS_HELP)))]
    Seats(ImportCommand),
    /// Listen for agents and telephony platforms.
    #[command(after_help = "Example:
  whereabouts-server serve --listen 127.0.0.1:8911 --database sqlite:/var/lib/whereabouts/w.db")]
    Serve {
        /// Address and port, over server.listen.
        #[arg(long, value_name = "ADDRESS")]
        listen: Option<String>,
    },
    /// The buildings: import them from CSV.
    #[command(subcommand, mut_subcommand("import", |import| import.after_help(import::SITES_HELP)))]
    Sites(ImportCommand),
    /// What mails about emergency calls say.
    #[command(subcommand)]
    Templates(TemplatesCommand),
}

/// What can be done with a kind of CSV file.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Take a CSV file.
    ///
    /// Good rows go in, in one transaction; each bad one is reported with line, column and reason.
    /// Rows that are there and the same are skipped. Nothing is ever removed. Ends with 2 when
    /// anything was bad.
    Import(ImportFile),
}

/// What can be done with the people.
#[derive(Debug, Subcommand)]
pub enum AgentsCommand {
    /// Take a CSV file.
    ///
    /// Good rows go in, in one transaction; each bad one is reported with line, column and reason.
    /// Rows that are there and the same are skipped. Nothing is ever removed. Ends with 2 when
    /// anything was bad.
    Import(ImportFile),
    /// Erase a person: everything the store knows of them, for good.
    ///
    /// First the key under which the compliance record speaks of them is destroyed: its entries stay, and
    /// say nothing about anybody any more. Then the person goes, with places, devices and history. Not
    /// while a call of theirs may still be called back. A server that is running forgets them within five
    /// minutes; backups from before still hold them.
    #[command(after_help = "Example:
  whereabouts-server agents erase maria.chen")]
    Erase {
        /// Who, by the username.
        username: String,
    },
    /// Sign every device of an agent out: lost laptops, people who left.
    ///
    /// From then on the tokens of those devices are refused, and the app asks for a new code. A
    /// window that is open loses its line to the server within 15 minutes; one that shows an open
    /// emergency keeps it until the emergency is over.
    #[command(after_help = "Example:
  whereabouts-server agents sign-out maria.chen")]
    SignOut {
        /// Whose devices.
        username: String,
    },
}

/// What can be done with the street guide (MSAG).
#[derive(Debug, Subcommand)]
pub enum MsagCommand {
    /// Take a guide in place of the one that stands.
    ///
    /// Good rows go in; each bad one is reported with line, column and reason. A guide is an extract
    /// of the whole, so rows that it does not have any more are gone. It is written to msag.file, by
    /// default beside the store, and a server that is running takes it over at once. Ends with 2 when
    /// anything was bad.
    #[command(after_help = "Examples:
  whereabouts-server msag import msag.csv --dry-run
  whereabouts-server msag import county.txt --layout att-tape

Columns of a CSV file: street, low, high and community, and optionally prefix, suffix, trailing
direction, parity (O, E, B), state, ESN and exchange, under their usual names. For another file see
the layout in `whereabouts-server address check --help`.")]
    Import {
        /// The file, in UTF-8.
        file: PathBuf,
        /// How it is written: auto, csv, intrado, att-tape, or a TOML file.
        #[arg(long, default_value = "auto", value_name = "LAYOUT")]
        layout: String,
        /// Say what would happen, and change nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

/// A file to import.
#[derive(Args, Debug)]
pub struct ImportFile {
    /// The file: UTF-8, separated by commas, the first line names the columns in any order.
    pub file: PathBuf,
    /// Say what would happen, and change nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// What can be done with contacts.
#[derive(Debug, Subcommand)]
pub enum ContactsCommand {
    /// Take a CSV file.
    ///
    /// Good rows go in, in one transaction; each bad one is reported with line, column and reason.
    /// Contacts that are there stay. Ends with 2 when anything was bad.
    Import(ImportFile),
    /// Print every contact, as a file that can be imported.
    #[command(after_help = "Example:
  whereabouts-server contacts list > contacts.csv")]
    List,
    /// Take away the contacts that stand in a CSV file of the same columns.
    #[command(after_help = "Example:
  whereabouts-server contacts remove left.csv --dry-run")]
    Remove(ImportFile),
}

/// What can be done with the templates of mails.
#[derive(Debug, Subcommand)]
pub enum TemplatesCommand {
    /// Try every template of notification.templates_dir on made-up calls.
    ///
    /// The folder holds one for each language (da, en, es, fr) with subject.txt, body.txt and
    /// body.html; what is not there is built in. Ends with 2 when one cannot be used.
    #[command(after_help = "Example:
  whereabouts-server templates check --config /etc/whereabouts/config.toml")]
    Check,
    /// Show the mail about a made-up call.
    #[command(after_help = "Example:
  whereabouts-server templates preview --case test --html > test.html")]
    Preview {
        /// Which call.
        #[arg(long, value_enum, default_value = "full")]
        case: Case,
        /// Another language than notification.language: da, en, es or fr.
        #[arg(long)]
        language: Option<Language>,
        /// The HTML body instead of subject and text.
        #[arg(long)]
        html: bool,
    },
}

/// What can be done with the compliance record.
#[derive(Debug, Subcommand)]
pub enum RecordCommand {
    /// Print the head of every node's chain, one line each, to be kept elsewhere.
    ///
    /// Whoever has a head can show later that the chain was cut or written anew: give the file to
    /// `record verify --heads`. It holds hashes and signatures, nothing about anybody.
    #[command(after_help = "Example:
  whereabouts-server record head >> /mnt/other-machine/heads")]
    Head,
    /// Look for anything that was changed, taken away, added or moved.
    ///
    /// Every entry, batch, link and signature is computed again, and every row of the history compared.
    /// That an end was cut off, or that somebody with the seal key wrote a chain anew, only shows against
    /// what others saw: heads that were kept, the copy that the server keeps beside its last-known copy, and
    /// the chains of other nodes. Ends with 2 when anything was found.
    #[command(after_help = "Example:
  whereabouts-server record verify --heads /mnt/other-machine/heads")]
    Verify {
        /// Heads that `record head` printed. May be given several times.
        #[arg(long, value_name = "FILE")]
        heads: Vec<PathBuf>,
    },
}

/// The reports.
#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// Say who was covered at a moment, and on what evidence.
    ///
    /// From the history, as the server knew it at that moment, with the validity that policy sets now and
    /// the directory as it is now. No address is in it.
    #[command(after_help = "Example:
  whereabouts-server report coverage --at 2026-11-20T09:00:00-08:00 --format csv > covered.csv")]
    Coverage {
        /// The moment, with its offset. Now when absent.
        #[arg(long, value_name = "TIME")]
        at: Option<jiff::Timestamp>,
        /// How it is written.
        #[arg(long, value_enum, default_value_t)]
        format: ReportFormat,
    },
}

/// How a report is written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, clap::ValueEnum)]
pub enum ReportFormat {
    /// Comma-separated, with a header.
    #[default]
    Csv,
    /// The document that the route of the report answers.
    Json,
}

/// What can be done with floor plans.
#[derive(Debug, Subcommand)]
pub enum PlansCommand {
    /// Take a folder of SVG files named SITE-FLOOR.svg.
    ///
    /// Each file becomes the plan of one floor; import the site first. The position of a seat
    /// (x, y in seats.csv) is a share of the plan's width and height, from the top left corner.
    ///
    /// A plan only draws: scripts, event handlers, animation, foreign content, document types and
    /// every reference that leaves the file are refused, and so is a plan of more than 1 MiB or
    /// without a viewBox. Ends with 2 when any file was bad; the good ones go in.
    #[command(after_help = "Example:
  whereabouts-server plans import ./plans     with ./plans/SEA-4.svg and ./plans/SEA-5.svg")]
    Import {
        /// The folder. Files that do not end in .svg are passed over.
        folder: PathBuf,
        /// Say what would happen, and change nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

/// What can be done with the keys of machines.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Make a key and print it, once.
    ///
    /// Standard output gets the key and nothing else: letters, digits, '-' and '_'. Only its hash is
    /// kept.
    #[command(after_help = "Example:
  whereabouts-server keys create --role telephony --name connect-prod")]
    Create {
        /// What it may do.
        #[arg(long, value_enum)]
        role: KeyRole,
        /// What it is called; calls are known by it, so give each platform its own.
        #[arg(long)]
        name: KeyName,
    },
    /// Print the keys there are: name, role, and when it was made. The key itself is not kept.
    #[command(after_help = "Example:
  whereabouts-server keys list")]
    List,
    /// Make a key worthless.
    ///
    /// A server that runs refuses it within 15 seconds. To change a key without a gap, create one
    /// under another name first, and revoke the old one when the platform uses the new one.
    #[command(after_help = "Example:
  whereabouts-server keys revoke connect-prod")]
    Revoke {
        /// Its name.
        name: KeyName,
    },
}

/// What can be done with addresses. JSON Lines in and out, in the same order, in constant memory.
#[derive(Debug, Subcommand)]
pub enum AddressCommand {
    /// Look addresses up in a street guide (MSAG).
    ///
    /// Standard input has {"id","civic":{...}} on each line, by the keys of RFC 5139, with A3 as the
    /// community; standard output gets {"id","outcome","field","suggestions","esn"}. The outcome is V
    /// (valid), I (incomplete), M (more than one range), C (another community), T (another suffix), P
    /// (another direction), A (no such number on the street) or O (other); with an "exchange" beside
    /// "civic" also E. Each suggestion is valid: the whole address as "fields" ("" to remove), which of
    /// them differ, the "numbers" that exist there, and a "text". Ends with 2 when a line was no such
    /// object.
    #[command(after_help = r#"Examples:
  echo '{"id":1,"civic":{"HNO":"205","RD":"Pine","STS":"St","A3":"Seattle","A1":"WA"}}' |
      whereabouts-server address check --msag msag.csv
  whereabouts-server address check --msag county.txt --layout county.toml <lines.jsonl

A layout of your own, county.toml:
  format = "fixed"            # or "csv": then each column is the name in the header
  state = "OR"                # of rows that name none
  whole_street = true         # the street column has suffix and direction in it
  [columns]                   # prefix street suffix trailing low high parity community state esn
  street = [3, 50]            # exchange; first and last place on the line, counted from 1
  low = [59, 66]
  high = [91, 98]
  community = [115, 146]
  [community_aliases]
  EUG = "EUGENE""#)]
    Check {
        /// The guide.
        #[arg(long, value_name = "FILE")]
        msag: PathBuf,
        /// How it is written: auto, csv, intrado, att-tape, or a TOML file.
        #[arg(long, default_value = "auto", value_name = "LAYOUT")]
        layout: String,
    },
    /// Read addresses as people write them.
    ///
    /// Standard input has {"id","input","country"} on each line (no country: as it reads); standard output
    /// gets {"id","fields","problems","notes","candidates"}. `problems` holds what keeps the address
    /// from being sent; empty: it is complete. Ends with 2 when a line was no such object.
    #[command(after_help = r#"Example:
  echo '{"id":1,"input":"2121 7th Ave Fl 5, Seattle WA 98121","country":"US"}' |
      whereabouts-server address interpret"#)]
    Interpret,
    /// Write addresses as another system wants them.
    ///
    /// Standard input has {"id","civic":{...}} on each line, by the keys of RFC 5139; standard output
    /// gets {"id","text","notes"}. `notes` says what does not arrive as it was written. Ends with 2
    /// when a line was no such object.
    #[command(after_help = r#"Example:
  echo '{"id":1,"civic":{"HNO":"2121","RD":"7th","STS":"Ave","FLR":"5"}}' |
      whereabouts-server address render --profile amazon-connect
  echo '{"id":1,"civic":{"country":"DK","HNO":"12","RD":"Vestergade","FLR":"2","UNIT":"th"}}' |
      whereabouts-server address render --profile label"#)]
    Render {
        /// For whom: amazon-connect, amazon-connect-12 (JSON for Amazon Connect), label (a postal
        /// label by country), nena-ali (the 233 columns of an ALI record), one-line, pidf-lo (XML).
        #[arg(long)]
        profile: Profile,
    },
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn every_command_says_what_it_does_and_gives_an_example() {
        let mut cli = Cli::command();
        cli.build();
        let mut commands: Vec<clap::Command> = cli.get_subcommands().cloned().collect();
        let mut leaves = 0;
        while let Some(mut command) = commands.pop() {
            if command.get_name() == "help" || command.get_name() == "openapi" {
                continue;
            }
            assert!(command.get_about().is_some(), "{}", command.get_name());
            if command.has_subcommands() {
                commands.extend(command.get_subcommands().cloned());
                continue;
            }
            leaves += 1;
            let help = command.render_long_help().to_string();
            assert!(help.contains("Example"), "{help}");
        }
        assert!(leaves >= 10, "{leaves}");
    }

    #[test]
    fn the_help_of_an_import_names_its_columns() {
        let words = ["whereabouts-server", "seats", "import", "--help"];
        let cli = Cli::command().term_width(100);
        insta::assert_snapshot!(cli.try_get_matches_from(words).unwrap_err());
    }
}
