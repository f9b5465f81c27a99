use super::*;

fn own(files: &[(&str, &str)]) -> Templates {
    let folder = tempfile::tempdir().unwrap();
    for (name, source) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, source).unwrap();
    }
    let notification = config::Notification {
        language: "en".to_owned(),
        templates_dir: folder.path().to_string_lossy().into_owned(),
    };
    Templates::of(&notification).unwrap()
}

fn written(templates: &Templates, case: Case) -> Letter {
    templates.write(&case.particulars(templates.phrases()))
}

#[test]
fn the_built_in_ones_pass_their_own_check_in_every_language() {
    for language in Language::ALL {
        for part in Part::ALL {
            let mut set = Set::built_in(language);
            let source = built_in::source(language, part).to_owned();
            assert_eq!(set.take(part, source), Ok(()), "{language:?} {part:?}");
        }
    }
}

#[test]
fn what_the_built_in_ones_say() {
    let templates = Templates::built_in();
    for case in Case::ALL {
        let Letter {
            subject,
            text,
            html,
        } = written(&templates, case);
        let name = format!("built_in_{case:?}").to_lowercase();
        insta::assert_snapshot!(name, format!("{subject}\n----\n{text}\n----\n{html}"));
    }
    let danish = templates.write_in(
        Language::Da,
        &Case::Full.particulars(Phrases::of(Language::Da)),
    );
    insta::assert_snapshot!("built_in_danish", danish.text);
}

#[test]
fn an_own_one_is_used_and_its_values_are_escaped() {
    let html = "<b>{{ call.agent }}</b> {{ call.dialled }} {{ call.at }} {{ callback.number }} \
                {{ location.lines | join(', ') }} {% if call.test %}TEST{% endif %}";
    let templates = own(&[("en/body.html", html)]);
    assert_eq!(templates.findings().len(), 1);
    assert_eq!(templates.findings()[0].broken, None);
    let letter = written(&templates, Case::Full);
    assert!(
        letter
            .html
            .starts_with("<b>Maria &lt;Mia&gt; Chen &amp; &quot;Co&quot; (maria.chen)</b> 911"),
        "{}",
        letter.html
    );
    assert!(letter.text.contains("An emergency call was made."));
}

#[test]
fn an_own_one_that_does_not_say_why_somebody_is_told_so_late_says_it_all_the_same() {
    let text = "{{ call.dialled }} {{ call.at }} {{ callback.number }} \
                {{ location.lines | join(' ') }} {{ call.test }}";
    let html = format!("<html><body class=\"x\">{text}</body></html>");
    let templates = own(&[("en/body.txt", text), ("en/body.html", &html)]);
    let letter = written(&templates, Case::Unhandled);
    let why = "For 60 s nobody has said that they are handling this call.";
    assert!(letter.text.starts_with(why), "{}", letter.text);
    let paragraph = format!("<body class=\"x\"><p><strong>{why}</strong></p>");
    assert!(letter.html.contains(&paragraph), "{}", letter.html);
    assert!(!written(&templates, Case::Full).text.contains("nobody"));
}

#[test]
fn a_broken_one_gives_way_to_the_built_in_and_the_mail_says_so() {
    let good = "{{ call.dialled }} {{ call.at }} {{ callback.number }} {{ location.lines }}";
    let reasons: Vec<String> = [
        "{{ call.dialled".to_owned(),
        "{{ cal.dialled }}".to_owned(),
        "{{ call.dialed }}".to_owned(),
        "An emergency!".to_owned(),
        format!("{good}{{% for a in range(9999) %}}{{% for b in range(9999) %}}x{{% endfor %}}{{% endfor %}}"),
        "{{ call.dialled }} {{ call.at }} {{ location.lines | join(' ') }}".to_owned(),
        "{{ call.dialled }} {{ call.at }} {{ callback.number }}".to_owned(),
        "{{ call.dialled }} {{ call.at }} {{ callback.number }} {{ location.lines | join(' ') }}".to_owned(),
        "{% include 'other.txt' %}".to_owned(),
    ]
    .iter()
    .map(|source| {
        let templates = own(&[("en/body.txt", source)]);
        let letter = written(&templates, Case::Full);
        assert!(letter.text.contains("An emergency call was made."), "{}", letter.text);
        assert!(letter.text.contains("body.txt"), "{}", letter.text);
        assert!(letter.html.contains("body.txt"), "{}", letter.html);
        templates.findings()[0].broken.clone().unwrap()
    })
    .collect();
    insta::assert_snapshot!(reasons.join("\n"));
}

#[test]
fn one_that_fails_only_on_a_real_call_gives_way_too() {
    // Fits every made-up call, and not an agent without a comma.
    let source = "{{ call.dialled }} {{ call.at }} {{ callback.number }} \
                  {{ location.lines | join(' ') }} {{ call.test }} \
                  {% if call.username == 'zoe' %}{{ nothing.there }}{% endif %}";
    let templates = own(&[("en/body.txt", source)]);
    assert_eq!(templates.findings()[0].broken, None);
    let mut particulars = Case::Full.particulars(templates.phrases());
    particulars.call.username = "zoe".to_owned();
    let letter = templates.write(&particulars);
    assert!(
        letter.text.contains("An emergency call was made."),
        "{}",
        letter.text
    );
    assert!(letter.text.contains("body.txt"), "{}", letter.text);
}

#[test]
fn a_file_that_cannot_be_read_is_broken_and_not_absent() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("en/subject.txt")).unwrap();
    let notification = config::Notification {
        language: "en".to_owned(),
        templates_dir: folder.path().to_string_lossy().into_owned(),
    };
    let templates = Templates::of(&notification).unwrap();
    assert!(templates.findings()[0].broken.is_some());
    assert!(written(&templates, Case::Test).subject.starts_with("TEST"));
}
