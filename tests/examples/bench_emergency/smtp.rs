use anyhow::{Context as _, Result, ensure};
use system_tests::Arrived;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
};

/// The least that anybody has to say to a mail server (RFC 5321) to be rid of a mail.
#[derive(Debug)]
pub(crate) struct Sender(BufReader<TcpStream>);

impl Sender {
    /// Connects, and greets.
    pub(crate) async fn connect(port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        let mut sender = Self(BufReader::new(stream));
        sender.expect("220").await?;
        sender.say("EHLO bench.test\r\n", "250").await?;
        Ok(sender)
    }

    /// Hands over a mail that the server took from us before.
    pub(crate) async fn send(&mut self, mail: &Arrived) -> Result<()> {
        self.say("MAIL FROM:<911-alerts@example.com>\r\n", "250")
            .await?;
        for recipient in &mail.to {
            self.say(&format!("RCPT TO:<{recipient}>\r\n"), "250")
                .await?;
        }
        self.say("DATA\r\n", "354").await?;
        // Section 4.5.2: a dot that begins a line is doubled.
        let text = mail.mail.replace("\r\n.", "\r\n..");
        self.say(&format!("{}\r\n.\r\n", text.trim_end()), "250")
            .await
    }

    async fn say(&mut self, words: &str, answer: &str) -> Result<()> {
        self.0.write_all(words.as_bytes()).await?;
        self.expect(answer).await
    }

    async fn expect(&mut self, code: &str) -> Result<()> {
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).await?;
            let rest = line.strip_prefix(code);
            let rest = rest.with_context(|| format!("{code} was expected, and came: {line}"))?;
            if !rest.starts_with('-') {
                ensure!(line.ends_with('\n'), "the mail server hung up");
                return Ok(());
            }
        }
    }
}
