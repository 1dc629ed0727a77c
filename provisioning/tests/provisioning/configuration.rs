//! What of a contact centre is told to its PBX.

use crate::scene::Scene;
use domain::Event;
use pbx::Device;
use provisioning::configuration;
use store::contact_centre::export::Export;

/// The extensions of those who are members of Support.
fn members(export: &Export) -> Vec<String> {
    let told = configuration(export);
    let of = |member: &pbx::Member| member.person.to_string();
    let mut members: Vec<String> = told.queues[0].members.iter().map(of).collect();
    members.sort();
    members
}

// C-16, C-17: a person with a device is there by name, with their secret, and in their queue.
#[tokio::test]
async fn a_person_with_a_device_is_told() {
    let scene = Scene::new().await;
    let (_, secret) = scene.person("Kim", "301").await;
    let told = configuration(&scene.export().await);
    assert_eq!(told.name, "North");
    let kim = &told.people[0];
    assert_eq!(
        (kim.name.as_str(), kim.extension.as_str()),
        ("Kim Peeters", "301")
    );
    assert!(!kim.has_workspace);
    assert_eq!(kim.endpoints[0].device, Device::DeskPhone);
    assert_eq!(kim.endpoints[0].secret.as_str(), secret);
    let support = &told.queues[0];
    assert_eq!(support.name, "Support");
    assert_eq!(support.after_call, pbx::AfterCall::Seconds(30));
    assert_eq!(support.strategy, pbx::Strategy::InTurn);
    assert_eq!(
        (support.members[0].priority, support.members[0].paused),
        (2, false)
    );
}

// C-18: the members of a queue in the PBX are those whom the rule offers its calls.
#[tokio::test]
async fn members_are_those_who_are_offered_calls() {
    let scene = Scene::new().await;
    let (kim, _) = scene.person("Kim", "301").await;
    scene.person("Lou", "302").await;
    let (bo, _) = scene.person("Bo", "303").await;
    assert_eq!(members(&scene.export().await), ["301", "302", "303"]);
    scene.put(bo, false).await;
    assert_eq!(
        members(&scene.export().await),
        ["301", "302"],
        "not enabled"
    );
    scene.suspend(kim).await;
    let export = scene.export().await;
    assert_eq!(members(&export), ["302"], "suspended");
    assert_eq!(
        configuration(&export).people.len(),
        2,
        "Kim has no phone either"
    );
    let sql = "DELETE FROM endpoint WHERE username IN (SELECT username FROM endpoint ORDER BY id LIMIT 2)";
    sqlx::query(sql)
        .execute(&mut scene.raw().await)
        .await
        .unwrap();
    assert_eq!(
        members(&scene.export().await),
        Vec::<String>::new(),
        "no device"
    );
}

// C-17: every change that a PBX must be told of is queued with it, and no other.
#[tokio::test]
async fn changes_are_queued() {
    let scene = Scene::new().await;
    let (kim, _) = scene.person("Kim", "301").await;
    scene.suspend(kim).await;
    scene.rewrite().await;
    let events: Vec<Event> = scene.changes().await.iter().map(|one| one.event).collect();
    let expected = [
        Event::PbxCreated,
        Event::QueueCreated,
        Event::ContactUserCreated,
        Event::EndpointAdded,
        Event::QueuesChanged,
        Event::EmployeeSuspended,
        Event::PbxRewritten,
    ];
    assert_eq!(events, expected);
}

// C-19: a number leads to its script, whose steps are told as they are kept.
#[tokio::test]
async fn scripts_are_told() {
    let scene = Scene::new().await;
    let (pbx, script, channel) = (scene.pbx.0, store::new_id(), store::new_id());
    let content = format!(
        r#"[{{"check_hours":{{"zone":"Europe/Brussels","open":[{{"weekday":1,"from":540,"until":1020}}],
            "closed_text":"Closed.","closed":"hang_up"}}}},
           {{"choose_by_key":{{"text":"One?","choices":[["1",{{"forward":{{"queue":"{0}"}}}}]]}}}},
           {{"end":{{"forward":{{"queue":"{0}"}}}}}}]"#,
        scene.queue
    );
    let mut raw = scene.raw().await;
    for (sql, third, fourth) in [
        (
            "INSERT INTO script (organisation, id, version, pbx, name, name_folded, content, created_at)
             VALUES ($1, $2, 1, $3, 'Day', 'day', $4, '2026-01-01T00:00:00.000000Z')",
            pbx,
            content.as_str(),
        ),
        (
            "INSERT INTO channel (organisation, id, version, name, name_folded, script, created_at)
             VALUES ($1, $5, 1, 'Main', 'main', $2, '2026-01-01T00:00:00.000000Z')",
            pbx,
            "",
        ),
        (
            "INSERT INTO number (organisation, number, created_at)
             VALUES ($1, '+3292104400', '2026-01-01T00:00:00.000000Z')",
            pbx,
            "",
        ),
        (
            "INSERT INTO number_use (organisation, number, channel) VALUES ($1, '+3292104400', $5)",
            pbx,
            "",
        ),
    ] {
        let query = sqlx::query(sql).bind(scene.organisation.0).bind(script);
        let query = query.bind(third).bind(fourth).bind(channel);
        query.execute(&mut raw).await.unwrap();
    }
    let told = configuration(&scene.export().await);
    assert_eq!(told.channels[0].number.as_str(), "+3292104400");
    assert_eq!(told.channels[0].script, told.scripts[0].key);
    let queue = pbx::Target::Queue(told.queues[0].key.clone());
    let steps = &told.scripts[0].steps;
    let pbx::Step::CheckHours { open, closed, .. } = &steps[0] else {
        panic!("{steps:?}")
    };
    assert_eq!((open[0].day, open[0].from, open[0].to), (0, 540, 1020));
    assert_eq!(
        closed,
        &[pbx::Step::Say("Closed.".into()), pbx::Step::HangUp]
    );
    let choices = vec![('1', vec![pbx::Step::Forward(queue.clone())])];
    assert_eq!(
        steps[1],
        pbx::Step::ChooseByKey {
            text: "One?".into(),
            choices
        }
    );
    assert_eq!(steps[2], pbx::Step::Forward(queue));
}
