//! Subjects and categories, and how offices narrow them.

use super::{Call, form, table};
use crate::cast::TestApp;
use serde_json::json;

pub(super) async fn calls(app: &TestApp) -> Vec<(&'static str, Call)> {
    let ghent = app.office("Ghent").await;
    let antwerp = app.office("Antwerp").await;
    let (mortgage, loans) = app.subject("Mortgage").await;
    let (car_loan, _) = app.subject("Car loan").await;
    vec![
        ("", Call::Json("list_subjects", json!({}))),
        ("", Call::Json("get_categories", json!({}))),
        (
            "Mortgage",
            Call::Json("get_subject", json!({ "id": mortgage })),
        ),
        (
            "a new one",
            form(
                "create_subject",
                [
                    ("title", "Insurance"),
                    ("category", &loans),
                    ("meetings[0]", "video"),
                    ("duration", "30"),
                    ("before", "0"),
                    ("after", "0"),
                    ("notice_least", "60"),
                    ("notice_most", "30"),
                    ("questions[0][text]", "Which kind?"),
                    ("questions[0][required]", "true"),
                ],
            ),
        ),
        (
            "Mortgage",
            form(
                "revise_subject",
                [
                    ("id", &mortgage),
                    ("version", "1"),
                    ("title", "Home loan"),
                    ("category", &loans),
                    ("meetings[0]", "video"),
                    ("duration", "30"),
                    ("before", "0"),
                    ("after", "0"),
                    ("notice_least", "60"),
                    ("notice_most", "30"),
                ],
            ),
        ),
        (
            "Mortgage",
            Call::Json("leave_subject", json!({ "id": mortgage })),
        ),
        (
            "Car loan",
            form(
                "delete_subject",
                [
                    ("id", &car_loan),
                    ("version", "1"),
                    ("confirmation", "Car loan"),
                ],
            ),
        ),
        (
            "a new one",
            form("create_category", [("title", "Insurance")]),
        ),
        ("Loans", Call::Json("get_category", json!({ "id": loans }))),
        (
            "Loans",
            form(
                "revise_category",
                [("id", &loans), ("version", "1"), ("title", "Credit")],
            ),
        ),
        (
            "Loans, which has subjects",
            form("delete_category", [("id", &loans), ("version", "1")]),
        ),
        (
            "of Ghent",
            Call::Json("get_office_subjects", json!({ "id": ghent })),
        ),
        (
            "of Antwerp",
            Call::Json("get_office_subjects", json!({ "id": antwerp })),
        ),
        (
            "Mortgage in Ghent",
            Call::Json(
                "get_office_subject",
                json!({ "id": ghent, "subject": mortgage }),
            ),
        ),
        (
            "Mortgage in Ghent",
            form(
                "narrow_subject",
                [
                    ("id", &ghent),
                    ("subject", &mortgage),
                    ("offered", "true"),
                    ("duration", "90"),
                ],
            ),
        ),
        (
            "Mortgage in Antwerp",
            form("narrow_subject", [("id", &antwerp), ("subject", &mortgage)]),
        ),
    ]
}

#[tokio::test]
async fn each_gets_what_the_table_gives_them() {
    insta::assert_snapshot!(table(calls).await, @r"
                                                       ada     max    noor     sam     lee  nobody
    list_subjects                                      200     403     403     403     403     401
    get_categories                                     200     403     403     403     403     401
    get_subject          Mortgage                      200     403     403     403     403     401
    create_subject       a new one                     200     403     403     403     403     401
    revise_subject       Mortgage                      200     403     403     403     403     401
    leave_subject        Mortgage                      200     403     403     403     403     401
    delete_subject       Car loan                      409     403     403     403     403     401
    create_category      a new one                     200     403     403     403     403     401
    get_category         Loans                         200     403     403     403     403     401
    revise_category      Loans                         200     403     403     403     403     401
    delete_category      Loans, which has subjects     409     403     403     403     403     401
    get_office_subjects  of Ghent                      200     200     403     403     404     401
    get_office_subjects  of Antwerp                    200     404     200     403     404     401
    get_office_subject   Mortgage in Ghent             200     200     403     403     404     401
    narrow_subject       Mortgage in Ghent             200     200     403     403     404     401
    narrow_subject       Mortgage in Antwerp           200     404     200     403     404     401
    ");
}
