//! macOS: `system_profiler` says.

use companion::view::AudioDevices;
use serde_json::Value;

use super::device;

#[cfg(target_os = "macos")]
pub(super) async fn devices() -> Option<AudioDevices> {
    let report = super::ask("system_profiler", &["SPAudioDataType", "-json"]).await?;
    read(&report)
}

/// What shows the sound settings.
#[cfg(target_os = "macos")]
pub(super) fn settings() -> Vec<&'static [&'static str]> {
    vec![&[
        "open",
        "x-apple.systempreferences:com.apple.preference.sound",
    ]]
}

/// A headset that does both is named once in each list.
fn read(report: &str) -> Option<AudioDevices> {
    let report: Value = serde_json::from_str(report).ok()?;
    let mut found = AudioDevices::default();
    let groups = report["SPAudioDataType"].as_array()?.iter();
    for item in groups
        .filter_map(|group| group["_items"].as_array())
        .flatten()
    {
        let Some(name) = item["_name"].as_str() else {
            continue;
        };
        let is = |key| item[key] == "spaudio_yes";
        if !item["coreaudio_device_input"].is_null() {
            let is_default = is("coreaudio_default_audio_input_device");
            found.inputs.push(device(name, is_default));
        }
        if !item["coreaudio_device_output"].is_null() {
            let is_default = is("coreaudio_default_audio_output_device");
            found.outputs.push(device(name, is_default));
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_of_a_mac_is_read() {
        let report = r#"{"SPAudioDataType": [{"_name": "coreaudio_device", "_items": [
            {"_name": "Jabra Evolve2", "coreaudio_device_input": 1, "coreaudio_device_output": 2,
             "coreaudio_default_audio_input_device": "spaudio_yes"},
            {"_name": "MacBook Pro Speakers", "coreaudio_device_output": 2,
             "coreaudio_default_audio_output_device": "spaudio_yes"}]}]}"#;
        assert_eq!(
            read(report),
            Some(AudioDevices {
                inputs: vec![device("Jabra Evolve2", true)],
                outputs: vec![
                    device("Jabra Evolve2", false),
                    device("MacBook Pro Speakers", true)
                ],
            })
        );
        assert_eq!(read("no report"), None);
    }
}
