//! The conformance suite: what every store must do, told as stories over the trait.
//!
//! A second store joins with a [`fixture::Fixture`] and one line at the end of this file.

#[cfg(test)]
mod callbacks;
#[cfg(test)]
mod calls;
#[cfg(test)]
mod directory;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod handling;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod leases;
#[cfg(test)]
mod notices;
#[cfg(test)]
mod presences;
#[cfg(test)]
mod replay;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod standing;
#[cfg(test)]
mod world;

/// Runs every story on one kind of store.
macro_rules! every_story_on {
    ($fixture:ty) => {
        every_story_on! { $fixture:
            standing::nothing_was_said;
            standing::a_confirmed_seat_survives_a_restart;
            standing::a_confirmed_home_survives_a_restart;
            standing::the_same_key_gives_the_same_answer;
            standing::the_same_key_gives_the_same_answer_after_a_restart;
            standing::a_key_is_for_one_request;
            standing::an_older_declaration_never_overwrites_a_newer_one;
            standing::what_was_said_while_the_clock_ran_ahead_counts_no_longer;
            standing::a_repetition_of_what_was_replaced_is_superseded;
            standing::having_seen_what_stands_beats_rounding;
            standing::not_having_seen_what_stands_is_superseded;
            standing::concurrent_confirmations_resolve_to_one_order;
            standing::a_key_used_at_the_same_moment_confirms_once;
            standing::both_on_one_seat_are_told;
            standing::declining_keeps_the_last_place_on_file;
            standing::a_shift_ends_once;
            standing::a_declaration_is_older_than_a_decline_after_it;
            standing::every_change_raises_the_revision_and_is_told;
            standing::a_saved_place_remembers_when_it_was_used;
            standing::saved_places_belong_to_one_agent;
            sessions::a_code_works_once;
            sessions::a_code_runs_out;
            sessions::a_look_up_is_free_again_only_when_its_code_is_spent;
            sessions::one_of_two_who_use_a_code_at_once_gets_in;
            sessions::an_access_token_ends_with_its_time_its_family_or_its_sign_out;
            sessions::an_old_refresh_token_revokes_the_family;
            sessions::a_lost_answer_is_not_theft;
            sessions::a_lost_answer_that_turns_up_is;
            sessions::the_grace_of_a_lost_answer_ends;
            sessions::tokens_survive_a_restart;
            sessions::an_administrator_signs_out_every_device_and_every_code;
            sessions::keys_are_found_by_their_hash_only;
            imports::unchanged_rows_are_skipped;
            imports::a_refused_row_keeps_nothing_else_out;
            imports::a_dry_run_changes_nothing;
            imports::nobody_takes_anothers_name;
            imports::fictional_numbers_are_for_the_sample_only;
            imports::an_agent_sees_that_their_site_changed;
            directory::an_agent_is_found_by_every_name;
            directory::seats_are_found_by_what_is_written_on_them;
            directory::floors_stand_in_the_order_of_the_building;
            directory::the_roster_is_by_name_and_team;
            directory::the_whole_view_is_of_one_moment;
            directory::the_known_world_is_complete;
            calls::a_call_gets_the_location_and_a_number;
            calls::asked_again_the_answer_is_the_same;
            calls::asked_again_after_a_restart_the_answer_is_the_same;
            calls::an_unknown_agent_is_answered;
            calls::two_platforms_may_use_one_name;
            calls::a_name_used_again_is_another_call;
            calls::an_old_end_ends_no_call_of_that_name;
            calls::an_end_is_idempotent;
            calls::an_end_before_its_start_is_remembered;
            calls::a_person_ends_every_call_of_theirs;
            calls::nobody_ends_it_and_time_does;
            calls::a_call_is_destroyed_when_its_window_closes;
            calls::time_passes_while_the_server_is_off;
            calls::a_job_given_up_never_opens_a_call;
            leases::no_number_is_lent_twice;
            leases::a_number_is_free_when_its_window_closes_and_not_before;
            leases::the_number_that_has_been_free_longest_is_lent;
            leases::a_second_call_keeps_the_number;
            leases::a_test_leaves_numbers_for_real_calls;
            leases::the_own_number_comes_first_where_policy_says_so;
            callbacks::a_callback_finds_the_agent_and_rings;
            callbacks::a_late_callback_goes_to_the_security_desk;
            callbacks::a_callback_to_a_foreign_number_is_nobodys;
            callbacks::a_real_call_outranks_a_test;
            callbacks::a_callback_that_is_over_does_not_ring_again;
            callbacks::an_end_of_an_unknown_callback_is_no_error;
            handling::who_is_on_a_call_survives_a_restart;
            handling::what_was_said_without_the_store_is_added;
            handling::each_tier_is_told_once_whatever_happens;
            handling::nobody_further_is_told_of_what_is_in_hand;
            handling::everyone_has_to_say_so_where_policy_says_so;
            handling::a_test_is_passed_on_only_where_policy_says_so;
            handling::a_clock_that_jumps_tells_nobody_twice;
            handling::a_whole_floor_is_passed_on;
            notices::everybody_is_told_once_in_the_commit_of_the_call;
            notices::from_home_nobody_at_a_site_is_told;
            notices::a_test_tells_people_only_where_policy_says_so;
            notices::what_became_of_a_try_is_kept;
            notices::notices_go_with_their_call;
            notices::who_was_told_otherwise_is_told_again;
            notices::contacts_are_taken_once_and_taken_away;
            presences::what_it_was_survives_a_crash_and_goes_with_the_newest_call;
            presences::it_is_forgotten_when_it_is_done;
            replay::a_journaled_call_is_taken_once;
            replay::the_first_answer_keeps_its_number;
            replay::what_was_answered_counts;
            replay::a_replay_finds_the_agent_and_its_early_end;
            replay::a_replay_takes_no_other_calls_place;
        }
    };
    ($fixture:ty: $($room:ident::$story:ident;)+) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                crate::$room::$story(&<$fixture as crate::fixture::Fixture>::fresh()).await;
            }
        )+
    };
}

#[cfg(test)]
mod sqlite {
    every_story_on!(crate::fixture::OnSqlite);
}
