//! How many tests passed, failed and were skipped, read from what the test runners say.

use std::ops::AddAssign;

/// A tally.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) passed: usize,
    pub(super) failed: usize,
    pub(super) skipped: usize,
}

impl Counts {
    /// One failure and nothing else.
    pub(super) const FAILED: Self = Self {
        passed: 0,
        failed: 1,
        skipped: 0,
    };
    /// One pass and nothing else.
    pub(super) const PASSED: Self = Self {
        passed: 1,
        failed: 0,
        skipped: 0,
    };
    /// One skip and nothing else.
    pub(super) const SKIPPED: Self = Self {
        passed: 0,
        failed: 0,
        skipped: 1,
    };

    /// Whether anything was run at all.
    pub(super) fn ran_nothing(self) -> bool {
        self.passed + self.failed == 0
    }

    /// The line a run closes with.
    pub(super) fn line(self) -> String {
        let Self {
            passed,
            failed,
            skipped,
        } = self;
        match skipped {
            0 => format!("{passed} passed, {failed} failed"),
            _ => format!("{passed} passed, {failed} failed, {skipped} skipped"),
        }
    }

    fn add(&mut self, word: &str, number: usize) {
        match word {
            "passed" | "pass" | "flaky" => self.passed += number,
            "failed" | "fail" | "cancelled" | "interrupted" | "timed out" | "exec failed"
            | "did not run" | "error" | "errors" => self.failed += number,
            "skipped" | "ignored" | "todo" => self.skipped += number,
            _ => {}
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// Reads a tally from the lines of a runner.
pub(super) type Reader = fn(&[String]) -> Counts;

/// cargo-nextest: `Summary [ 0.1s] 12 tests run: 11 passed (1 slow), 1 timed out, 3 skipped`. What it calls
/// skipped includes what the filter left out, so that is not taken from here.
pub(super) fn nextest(lines: &[String]) -> Counts {
    let mut counts = Counts::default();
    let summary = lines
        .iter()
        .rev()
        .find(|line| line.trim_start().starts_with("Summary ["));
    if let Some((_, tally)) = summary.and_then(|line| line.split_once(" run: ")) {
        for part in without_parentheses(tally).split(',') {
            if let Some((number, word)) = number_and_word(part)
                && word != "skipped"
            {
                counts.add(word, number);
            }
        }
    }
    counts
}

/// `cargo test`, doctests included: every `test result: ok. 5 passed; 0 failed; 1 ignored; ...`.
pub(super) fn libtest(lines: &[String]) -> Counts {
    let mut counts = Counts::default();
    for tally in lines
        .iter()
        .filter_map(|line| line.strip_prefix("test result: "))
    {
        let (_, tally) = tally.split_once(". ").unwrap_or_default();
        for (number, word) in tally.split(';').filter_map(number_and_word) {
            counts.add(word, number);
        }
    }
    counts
}

/// Vitest: `Tests  1 failed | 11 passed | 2 skipped (14)`, and `Errors  1 error` for what no test caught.
pub(super) fn vitest(lines: &[String]) -> Counts {
    let mut counts = Counts::default();
    for line in lines {
        let Some((title, tally)) = line.trim_start().split_once("  ") else {
            continue;
        };
        if matches!(title, "Tests" | "Errors") {
            for (number, word) in without_parentheses(tally)
                .split('|')
                .filter_map(number_and_word)
            {
                counts.add(word, number);
            }
        }
    }
    counts
}

/// Playwright's closing lines: `  12 passed (4.8s)`, `  1 failed`, `  2 skipped`.
pub(super) fn playwright(lines: &[String]) -> Counts {
    let mut counts = Counts::default();
    for line in lines.iter().filter(|line| line.starts_with("  ")) {
        if let Some((number, word)) = number_and_word(&without_parentheses(line)) {
            counts.add(word, number);
        }
    }
    counts
}

/// `node --test`, spec or TAP: a sign, a word and a number: `ℹ pass 5`, `# fail 0`.
pub(super) fn node_test(lines: &[String]) -> Counts {
    let mut counts = Counts::default();
    for line in lines {
        let mut words = line.split(' ');
        if let (Some("ℹ" | "#"), Some(word), Some(number), None) =
            (words.next(), words.next(), words.next(), words.next())
            && let Ok(number) = number.parse()
        {
            counts.add(word, number);
        }
    }
    counts
}

fn number_and_word(text: &str) -> Option<(usize, &str)> {
    let (number, word) = text.trim().split_once(' ')?;
    Some((number.parse().ok()?, word.trim()))
}

fn without_parentheses(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|character| {
            match character {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: usize, failed: usize, skipped: usize) -> Counts {
        Counts {
            passed,
            failed,
            skipped,
        }
    }

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn the_closing_line_names_skips_only_when_there_are_any() {
        assert_eq!(counts(12, 0, 0).line(), "12 passed, 0 failed");
        assert_eq!(counts(12, 1, 3).line(), "12 passed, 1 failed, 3 skipped");
    }

    #[test]
    fn nextest_counts_everything_that_is_not_a_pass_as_a_failure() {
        let said = lines(
            "        PASS [   0.004s] location words\n     Summary [   1.008s] 14 tests run: 11 passed (1 slow, 2 leaky), 1 failed, 1 timed out, 1 exec failed, 40 skipped\n        FAIL [ 0.1s] x",
        );
        assert_eq!(nextest(&said), counts(11, 3, 0));
        assert_eq!(
            nextest(&lines(
                "     Summary [   0.000s] 0 tests run: 0 passed, 4 skipped"
            )),
            counts(0, 0, 0)
        );
        assert_eq!(nextest(&lines("error: could not compile")), counts(0, 0, 0));
    }

    #[test]
    fn libtest_adds_up_the_binaries() {
        let said = lines(
            "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.00s\ntest result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        );
        assert_eq!(libtest(&said), counts(7, 1, 1));
    }

    #[test]
    fn vitest_reads_tests_not_files() {
        let said = lines(
            " Test Files  1 failed | 3 passed (4)\n      Tests  1 failed | 11 passed | 2 skipped (14)\n     Errors  1 error\n   Start at  10:00:00",
        );
        assert_eq!(vitest(&said), counts(11, 2, 2));
    }

    #[test]
    fn playwright_reads_its_last_lines() {
        let said = lines(
            "  ✓  1 confirm.spec.ts:3:1 › Enter confirms (1.2s)\n\n  1 failed\n    [chromium] › a.spec.ts:3:1 › b\n  1 flaky\n  2 skipped\n  3 did not run\n  12 passed (4.8s)",
        );
        assert_eq!(playwright(&said), counts(13, 4, 2));
    }

    #[test]
    fn node_reads_both_reporters() {
        assert_eq!(
            node_test(&lines(
                "ℹ tests 7\nℹ pass 5\nℹ fail 1\nℹ cancelled 1\nℹ skipped 0\nℹ todo 0"
            )),
            counts(5, 2, 0)
        );
        assert_eq!(
            node_test(&lines(
                "# Subtest: pass 9 things\n# tests 2\n# pass 2\n# fail 0"
            )),
            counts(2, 0, 0)
        );
    }
}
