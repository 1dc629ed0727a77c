//! What the components write on the server: it must work as plain HTML, before or without a script.

use super::*;
use domain::{Roles, Status};
use leptos::prelude::*;

fn html<V: IntoView + 'static>(write: impl FnOnce() -> V) -> String {
    Owner::new()
        .with(|| write().into_view().to_html())
        .replace("<!>", "")
}

#[test]
fn a_field_says_what_is_wrong_and_keeps_what_was_typed() {
    let page = html(|| {
        provide_problems(Signal::stored(vec![FieldProblem {
            name: "email".into(),
            sentence: "Enter an <email>.".into(),
        }]));
        provide_typed(Typed(vec![("email".into(), "ada@".into())]));
        view! { <ErrorSummary/> <Field label="Email" name="email" kind="email" value="old@demo.example" required=true customers=true hint="A hint"/> }
    });
    for part in [
        "value=\"ada@\"",
        "aria-invalid=\"true\"",
        "aria-describedby=\"email-hint email-why\"",
        "id=\"email-why\"",
        "href=\"#email\"",
        "Enter an &lt;email&gt;.",
        "visible to customers",
        "There is a problem",
    ] {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
    assert!(
        !page.contains("old@demo.example") && !page.contains("<email>"),
        "{page}"
    );
}

#[test]
fn a_field_without_a_problem_hides_the_place_for_it() {
    let page = html(|| view! { <Field label="Email" name="email"/> });
    assert!(
        page.contains("id=\"email-why\" hidden") && !page.contains("aria-invalid"),
        "{page}"
    );
}

#[test]
fn a_password_is_never_filled_in_again() {
    let page = html(|| {
        provide_typed(Typed(vec![("password".into(), "secret".into())]));
        view! { <Field label="Password" name="password" kind="password"/> }
    });
    assert!(!page.contains("secret"), "{page}");
}

#[test]
fn several_lines_are_text_and_nothing_else() {
    let page = html(
        || view! { <TextArea label="Introduction" name="introduction" value="</textarea><script>"/> <TextArea label="Empty" name="empty"/> },
    );
    assert!(
        page.contains(">&lt;/textarea&gt;&lt;script&gt;</textarea>"),
        "{page}"
    );
    assert!(
        page.contains("></textarea>"),
        "an empty one holds no space: {page}"
    );
}

#[test]
fn a_choice_and_a_switch_begin_where_they_should() {
    let choices = vec![
        ("en".to_owned(), "English".to_owned()),
        ("de".to_owned(), "Deutsch".to_owned()),
    ];
    let page = html(
        || view! { <Select label="Language" name="language" options=choices value="de"/> <Switch label="Agent" name="roles[]" value="agent" checked=true/> },
    );
    assert!(
        page.contains("<option value=\"de\" selected>") && page.contains("<option value=\"en\">"),
        "{page}"
    );
    assert!(
        page.contains("id=\"roles-agent\"")
            && page.contains("for=\"roles-agent\"")
            && page.contains("checked"),
        "{page}"
    );
}

#[test]
fn status_and_roles_are_words_too() {
    let page = html(|| view! { <StatusPill status=Status::Suspended/> <RoleList roles=Roles(3)/> });
    for part in ["pill stop", "Suspended", "Agent", "Office Manager"] {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
}

#[test]
fn a_person_without_a_name_is_shown_by_email() {
    let page =
        html(|| view! { <Person name="" email="c.oyelaran@demo.example" id="1" picture=None/> });
    assert!(
        page.contains("<b class=\"truncate\">c.oyelaran@demo.example</b>")
            && page.contains("No name yet")
            && page.contains(">CO<"),
        "{page}"
    );
}

#[test]
fn a_dialog_that_the_address_opened_is_open_without_a_script() {
    let page =
        html(|| view! { <Dialog title="Assigned offices" open=true><p>"Inside"</p></Dialog> });
    assert!(page.contains(" open ") || page.contains(" open>"), "{page}");
    assert!(
        page.contains("Inside") && page.contains("aria-labelledby=\"dialog-title\""),
        "{page}"
    );
}

#[test]
fn a_page_at_the_end_has_no_way_on() {
    let page = html(
        || view! { <Pager first=12476 last=12480 total=12480 previous=Some("?before=1".into()) next=None/> },
    );
    assert!(
        page.contains("12,476–12,480 of 12,480")
            && page.contains("rel=\"prev\"")
            && !page.contains("rel=\"next\""),
        "{page}"
    );
}

#[test]
fn no_component_writes_a_style() {
    let page = html(
        || view! { <Face name="Ada" id="1" picture=None/> <SkeletonRows/> <form><SaveBar/></form> <ToastRegion/> <CopyField label="Link" text="https://demo.example"/> },
    );
    assert!(!page.contains("style="), "the policy forbids it: {page}");
}
