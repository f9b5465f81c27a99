//! Linux: the sound server says, by `pactl` (`PulseAudio`, and `PipeWire` in its place) or `wpctl`
//! (`PipeWire`); without one, the kernel.

use companion::view::{AudioDevice, AudioDevices};

use super::{ask, device};
use crate::environment;

pub(super) async fn devices() -> Option<AudioDevices> {
    if let Some(devices) = by_pactl().await {
        return Some(devices);
    }
    if let Some(status) = ask("wpctl", &["status"]).await {
        return Some(wpctl(&status));
    }
    let cards = tokio::fs::read_to_string("/proc/asound/pcm").await.ok()?;
    Some(alsa(&cards))
}

async fn by_pactl() -> Option<AudioDevices> {
    let info = ask("pactl", &["info"]).await?;
    let sources = ask("pactl", &["list", "sources"]).await?;
    let sinks = ask("pactl", &["list", "sinks"]).await?;
    let chosen = |what| info.lines().find_map(|line| line.strip_prefix(what));
    Some(AudioDevices {
        inputs: pactl(&sources, chosen("Default Source: ")),
        outputs: pactl(&sinks, chosen("Default Sink: ")),
    })
}

/// The programs that show the sound settings: this desktop's first, then those of any.
pub(super) fn settings() -> Vec<&'static [&'static str]> {
    settings_of(environment::desktop().as_deref().unwrap_or_default())
}

/// Most refuse to start on a desktop that is not theirs.
fn settings_of(desktop: &str) -> Vec<&'static [&'static str]> {
    const OWN: [(&str, &[&str]); 6] = [
        ("Budgie", &["budgie-control-center", "sound"]),
        ("GNOME", &["gnome-control-center", "sound"]),
        ("KDE", &["systemsettings", "kcm_pulseaudio"]),
        ("MATE", &["mate-volume-control"]),
        ("Unity", &["unity-control-center", "sound"]),
        ("X-Cinnamon", &["cinnamon-settings", "sound"]),
    ];
    const ANY: [&[&str]; 2] = [&["pavucontrol"], &["pavucontrol-qt"]];
    // Such as `ubuntu:GNOME`.
    let own = desktop
        .split(':')
        .filter_map(|name| OWN.iter().find(|(known, _)| *known == name));
    own.map(|(_, words)| *words).chain(ANY).collect()
}

/// `pactl list sinks` or `sources`. What an output plays can be listened to as well: those monitors
/// are no microphones.
fn pactl(listed: &str, chosen: Option<&str>) -> Vec<AudioDevice> {
    let mut name = "";
    let mut devices = Vec::new();
    for line in listed.lines().map(str::trim_start) {
        if let Some(own) = line.strip_prefix("Name: ") {
            name = own;
        } else if let Some(words) = line.strip_prefix("Description: ")
            && !name.ends_with(".monitor")
        {
            devices.push(device(words, chosen == Some(name)));
        }
    }
    devices
}

/// `wpctl status`, which draws a tree: ` │  *   48. Headset Mono   [vol: 0.40]`.
fn wpctl(status: &str) -> AudioDevices {
    let audio = status
        .lines()
        .skip_while(|line| *line != "Audio")
        .take_while(|line| !line.is_empty());
    let mut found = AudioDevices::default();
    let mut heading = String::new();
    for line in audio {
        let words = line.trim_start_matches([' ', '│', '├', '└', '─']);
        if let Some(own) = words.strip_suffix(':') {
            own.clone_into(&mut heading);
            continue;
        }
        let list = match heading.as_str() {
            "Sinks" => &mut found.outputs,
            "Sources" => &mut found.inputs,
            _ => continue,
        };
        let (is_default, words) = match words.strip_prefix('*') {
            Some(rest) => (true, rest.trim_start()),
            None => (false, words),
        };
        if let Some((number, name)) = words.split_once(". ")
            && number.parse::<u32>().is_ok()
        {
            let name = name.rsplit_once('[').map_or(name, |(name, _volume)| name);
            list.push(device(name.trim(), is_default));
        }
    }
    found
}

/// `/proc/asound/pcm`: `00-00: ALC257 Analog : ALC257 Analog : playback 1 : capture 1`. Which one
/// is used is every program's own choice here.
fn alsa(cards: &str) -> AudioDevices {
    let mut found = AudioDevices::default();
    for line in cards.lines() {
        let mut fields = line.split(':').map(str::trim).skip(2);
        let Some(name) = fields.next() else { continue };
        for way in fields {
            if way.starts_with("capture") {
                found.inputs.push(device(name, false));
            } else if way.starts_with("playback") {
                found.outputs.push(device(name, false));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sound_server_names_headset_and_microphone_and_no_monitor() {
        let sources = "Source #1\n\tState: RUNNING\n\tName: alsa_output.usb-Jabra.mono.monitor\n\t\
            Description: Monitor of Jabra Evolve2\n\nSource #2\n\tName: alsa_input.usb-Jabra.mono\n\t\
            Description: Jabra Evolve2 Mono\n\tDriver: PipeWire\n\nSource #3\n\tName: alsa_input.pci\n\t\
            Description: Built-in Audio: Analog Stereo\n";
        assert_eq!(
            pactl(sources, Some("alsa_input.usb-Jabra.mono")),
            [
                device("Jabra Evolve2 Mono", true),
                device("Built-in Audio: Analog Stereo", false)
            ]
        );
        assert_eq!(pactl("", None), []);
    }

    #[test]
    fn a_tree_of_pipewire_is_read_by_its_headings() {
        let status = "PipeWire 'pipewire-0' [1.0.5]\n └─ Clients:\n        31. uresourced [1.0.5]\n\n\
            Audio\n ├─ Devices:\n │      42. Built-in Audio   [alsa]\n │  \n ├─ Sinks:\n \
            │      50. HDMI [left]   [vol: 1.00]\n │  *   48. Headset. Mono   [vol: 0.40 MUTED]\n │  \n \
            ├─ Sources:\n │  *   49. Built-in Audio   [vol: 1.00]\n │  \n ├─ Filters:\n │  \n \
            └─ Streams:\n        81. Firefox\n\nVideo\n ├─ Sources:\n │  *   60. Camera\n";
        assert_eq!(
            wpctl(status),
            AudioDevices {
                inputs: vec![device("Built-in Audio", true)],
                outputs: vec![device("HDMI [left]", false), device("Headset. Mono", true)],
            }
        );
    }

    #[test]
    fn without_a_sound_server_the_kernel_knows_the_cards() {
        let cards = "00-00: ALC257 Analog : ALC257 Analog : playback 1 : capture 1\n\
            00-03: HDMI 0 : HDMI 0 : playback 1\n";
        assert_eq!(
            alsa(cards),
            AudioDevices {
                inputs: vec![device("ALC257 Analog", false)],
                outputs: vec![device("ALC257 Analog", false), device("HDMI 0", false)],
            }
        );
        assert_eq!(alsa(""), AudioDevices::default());
    }

    #[test]
    fn each_desktop_opens_its_own_settings_and_every_other_the_mixer() {
        let first = |desktop| settings_of(desktop)[0];
        assert_eq!(first("ubuntu:GNOME"), ["gnome-control-center", "sound"]);
        assert_eq!(first("KDE"), ["systemsettings", "kcm_pulseaudio"]);
        assert_eq!(first("XFCE"), ["pavucontrol"]);
        assert_eq!(first(""), ["pavucontrol"]);
    }
}
