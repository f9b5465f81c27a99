//! The platform's people are told, too.

use system_tests::Behaviour;

use crate::world::World;

#[tokio::test]
async fn a_call_becomes_one_task_with_the_three_slots() {
    let world = World::start().await;
    world.platform.behave(Behaviour::Refuses(503));
    world.dial("c-1", "911").await;
    world.platform.is_asked("task.create", 1).await;
    world.platform.behave(Behaviour::Well);
    let asked = world.platform.is_asked("task.create", 2).await;
    assert_eq!(asked[0]["id"], asked[1]["id"], "one name at every try");
    let task = &asked[1]["task"];
    assert_eq!(
        (&task["event"], &task["call_id"]),
        (&"emergency_call".into(), &"c-1".into())
    );
    for slot in ["call", "callback", "location"] {
        assert!(task[slot].is_object(), "{slot}: {task:#}");
    }
}
